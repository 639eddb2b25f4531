"""A kernel slides over a row and over a picture: lists and loops."""


# --8<-- [start:slide]
def slide(x, w, b=0.0):
    d = len(w)
    z = []
    for i in range(len(x) - d + 1):
        patch = x[i : i + d]  # (d,)
        z.append(sum(wj * xj for wj, xj in zip(w, patch)) + b)
    return z


# --8<-- [end:slide]


# --8<-- [start:gradient]
def gradient(x, w, b, y):
    z = slide(x, w, b)
    if len(z) != len(y):
        raise ValueError(f"{len(z)} positions, but {len(y)} targets")
    n = len(y)
    error = [zi - yi for zi, yi in zip(z, y)]  # (n,)
    dw = [
        sum(error[i] * x[i + j] for i in range(n)) / n for j in range(len(w))
    ]
    return dw, sum(error) / n


# --8<-- [end:gradient]


# --8<-- [start:train]
def train(x, y, d=3, lr=0.5, epochs=100):
    w, b = [0.0] * d, 0.0
    for _ in range(epochs):
        dw, db = gradient(x, w, b, y)
        w = [wj - lr * slope for wj, slope in zip(w, dw)]
        b = b - lr * db
    return w, b


# --8<-- [end:train]


# --8<-- [start:correlate]
def correlate(V, W, b=0.0, s=1):
    k = len(W)
    Z = []
    for p in range(0, len(V) - k + 1, s):
        Z.append([])
        for q in range(0, len(V[0]) - k + 1, s):
            z = b
            for r in range(k):
                for m in range(k):
                    z += W[r][m] * V[p + r][q + m]
            Z[-1].append(z)
    return Z


# --8<-- [end:correlate]


# --8<-- [start:pad]
def pad(V, f=1):
    side = [0.0] * f
    above = [[0.0] * (len(V[0]) + 2 * f) for _ in side]
    return above + [side + list(row) + side for row in V] + above


# --8<-- [end:pad]


# --8<-- [start:positions]
def positions(N, k, f=0, s=1):
    return (N + 2 * f - k) // s + 1


# --8<-- [end:positions]


# --8<-- [start:max_pool]
def max_pool(V, k=2):
    rows = range(0, len(V) - k + 1, k)
    columns = range(0, len(V[0]) - k + 1, k)
    return [
        [max(max(row[q : q + k]) for row in V[p : p + k]) for q in columns]
        for p in rows
    ]


# --8<-- [end:max_pool]
