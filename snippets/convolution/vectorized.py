"""All patches at once: views, a feature matrix, layers with channels."""

# --8<-- [start:patches]
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def patches(V, k, s=1):
    windows = sliding_window_view(V, (k, k), axis=(-2, -1))
    return windows[..., ::s, ::s, :, :]


# --8<-- [end:patches]


# --8<-- [start:correlate]
def correlate(V, W, b=0.0):
    return (patches(V, len(W)) * W).sum(axis=(-2, -1)) + b


# --8<-- [end:correlate]


# --8<-- [start:feature_matrix]
def feature_matrix(V, k):
    X = patches(V, k).reshape(-1, k * k)  # (n, d)
    return np.column_stack([X, np.ones(len(X))])  # (n, d + 1)


# --8<-- [end:feature_matrix]


# --8<-- [start:layer]
def layer(images, W, b, f=0, s=1):
    framed = np.pad(images, ((0, 0), (0, 0), (f, f), (f, f)))
    windows = patches(framed, W.shape[-1], s)  # (n, C, P, Q, k, k)
    Z = np.einsum("ncpqrm,ocrm->nopq", windows, W)  # (n, K, P, Q)
    return Z + b[:, None, None]


def layer_gradient(dZ, images, W):
    windows = patches(images, W.shape[-1])  # (n, C, P, Q, k, k)
    dW = np.einsum("nopq,ncpqrm->ocrm", dZ, windows)  # (K, C, k, k)
    return dW, dZ.sum(axis=(0, 2, 3))


# --8<-- [end:layer]


# --8<-- [start:max_pool]
def max_pool(V, k=2):
    return patches(V, k, s=k).max(axis=(-2, -1))


# --8<-- [end:max_pool]


# --8<-- [start:peaks]
def surround():
    W = np.full((5, 5), -1 / 16)  # (k, k)
    W[1:4, 1:4] = 1 / 9
    return W


def peaks(Z, threshold):
    highest = patches(np.pad(Z, 1), 3).max(axis=(2, 3))  # (P, Q)
    return np.argwhere((highest == Z) & (threshold < Z))


# --8<-- [end:peaks]
