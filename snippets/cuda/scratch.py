"""Estimate a GPU's time: one launch, then arithmetic at its peak rate."""


# --8<-- [start:estimate]
def seconds(F, tau=20e-6, r=67e12):
    return tau + F / r  # T


def share(F, tau=20e-6, r=67e12):
    return F / (F + tau * r)  # F / (r T)


# --8<-- [end:estimate]


# --8<-- [start:operations]
def epoch_operations(n):
    return 6 * n + 6


def matmul_operations(m):
    return 2 * m**3 - m**2


# --8<-- [end:operations]
