"""Fit z = w x + b with PyTorch on whichever device there is."""

# --8<-- [start:device]
import torch


def best_device():
    found = torch.accelerator.current_accelerator(check_available=True)
    return found or torch.device("cpu")


# --8<-- [end:device]


# --8<-- [start:train]
def train(x, y, device="cpu", dtype=torch.float32, lr=0.5, epochs=300):
    x = torch.tensor(x, dtype=dtype, device=device).unsqueeze(1)  # (n, 1)
    y = torch.tensor(y, dtype=dtype, device=device).unsqueeze(1)  # (n, 1)
    model = torch.nn.Linear(1, 1, dtype=dtype, device=device)
    for p in model.parameters():
        torch.nn.init.zeros_(p)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        loss = ((model(x) - y) ** 2).mean() / 2  # L, ()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return model.cpu(), torch.stack(losses).cpu()  # (epochs,)


# --8<-- [end:train]
