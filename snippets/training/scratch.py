"""Momentum, Adam and a schedule from scratch, one step at a time."""

from math import cos, pi


# --8<-- [start:momentum]
def momentum(w, slope, v, lr=0.1, beta=0.9):
    v = beta * v + slope
    return w - lr * v, v


# --8<-- [end:momentum]


# --8<-- [start:adam]
def adam(w, slope, m, r, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * slope
    r = beta2 * r + (1 - beta2) * slope**2
    m_hat = m / (1 - beta1**t)
    r_hat = r / (1 - beta2**t)
    return w - lr * m_hat / (r_hat**0.5 + eps), m, r


# --8<-- [end:adam]


# --8<-- [start:cosine]
def cosine(t, T, lr=0.1):
    return lr / 2 * (1 + cos(pi * t / T))


# --8<-- [end:cosine]
