"""What goes wrong: images that are mixed up in one batch."""

import torch

from convolutional_network.concise import ConvolutionalNetwork


# --8<-- [start:mixed]
class Mixed(ConvolutionalNetwork):
    def forward(self, X):
        G = self.maps(X)  # (n, h, 5, 5)
        return self.output(G.reshape(400, -1).T)


# --8<-- [end:mixed]


# --8<-- [start:depends]
def images_that_count(model, X):
    X = X.clone().requires_grad_()
    model(X)[0].sum().backward()
    return torch.unique(X.grad.nonzero()[:, 0]).tolist()


# --8<-- [end:depends]
