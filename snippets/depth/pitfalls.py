"""What goes wrong: a mean over the wrong axis."""

# --8<-- [start:across]
import torch


class Across(torch.nn.Module):
    def forward(self, U):
        centred = U - U.mean(dim=0)  # (n, h)
        return centred / (U.var(dim=0, correction=0) + 1e-5).sqrt()


# --8<-- [end:across]
