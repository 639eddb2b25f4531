"""What goes wrong: an addition in place, and the wrong axis."""

# --8<-- [start:in_place]
import torch

from depth.concise import Deep


class InPlace(Deep):
    def forward(self, X):
        U = self.first(X)
        for layer in self.layers:
            U += layer(torch.relu(self.norm(U)))
        return self.output(torch.relu(self.norm(U)))


# --8<-- [end:in_place]


# --8<-- [start:across]
class Across(torch.nn.Module):
    def forward(self, U):
        centred = U - U.mean(dim=0)  # (n, h)
        return centred / (U.var(dim=0, correction=0) + 1e-5).sqrt()


# --8<-- [end:across]
