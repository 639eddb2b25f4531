"""Solutions: the median, Huber's loss, the least absolute line."""


# --8<-- [start:median]
def median(v):
    v, n = sorted(v), len(v)
    return (v[(n - 1) // 2] + v[n // 2]) / 2


# --8<-- [end:median]


# --8<-- [start:huber]
def huber(z, y, kappa=100):
    gap = abs(z - y)
    if gap <= kappa:
        return gap**2 / 2
    return kappa * (gap - kappa / 2)


# --8<-- [end:huber]


# --8<-- [start:line]
def total_gap(w, b, x, y):
    return sum(abs(w * xi + b - yi) for xi, yi in zip(x, y))


def least_absolute_line(x, y):
    lines = []
    for i in range(len(x)):
        for j in range(i):
            if x[i] != x[j]:
                w = (y[i] - y[j]) / (x[i] - x[j])
                lines.append((w, y[i] - w * x[i]))
    return min(lines, key=lambda line: total_gap(*line, x, y))


# --8<-- [end:line]
