"""Solutions: sizes and weights, two kernels in a row, slopes of pixels."""

import numpy as np

from convolution.scratch import positions


# --8<-- [start:weights]
def weights_of_layers(N, C, K, k, f, s):
    P = positions(N, k, f, s)
    sliding = K * (C * k * k + 1)
    full = (C * N * N + 1) * K * P * P
    return P, sliding, full


# --8<-- [end:weights]


# --8<-- [start:pixel_gradient]
def pixel_gradient(dZ, W):
    P, Q = dZ.shape
    k = len(W)
    dV = np.zeros((P + k - 1, Q + k - 1))
    for p in range(P):
        for q in range(Q):
            dV[p : p + k, q : q + k] += dZ[p, q] * W
    return dV


# --8<-- [end:pixel_gradient]
