"""Estimate a GPU's time: one launch, then arithmetic at its peak rate."""


# --8<-- [start:estimate]
def seconds(N, tau=20e-6, r=67e12):
    return tau + N / r  # D


def share(N, tau=20e-6, r=67e12):
    return N / (N + tau * r)  # N / (r D)


# --8<-- [end:estimate]


# --8<-- [start:operations]
def epoch_operations(n):
    return 6 * n + 6


def matmul_operations(m):
    return 2 * m**3 - m**2


# --8<-- [end:operations]
