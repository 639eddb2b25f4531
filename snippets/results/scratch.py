"""What the fit says: its scatter, its standard errors, an age."""


# --8<-- [start:scatter]
def errors(w, b, x, y):
    return [w * xi + b - yi for xi, yi in zip(x, y)]  # e


def scatter(error, nu):
    return (sum(e * e for e in error) / nu) ** 0.5  # s


# --8<-- [end:scatter]


# --8<-- [start:standard_errors]
def spread(x):
    x_bar = sum(x) / len(x)
    return sum((xi - x_bar) ** 2 for xi in x)  # S


def standard_errors(x, s):
    n, x_bar = len(x), sum(x) / len(x)
    s_w = s / spread(x) ** 0.5  # s / sqrt(S)
    s_b = s * (1 / n + x_bar**2 / spread(x)) ** 0.5
    return s_w, s_b


# --8<-- [end:standard_errors]


# --8<-- [start:age]
AU = 149_597_870.7  # km
MPC = 206_264.806_247 * AU * 1e6  # km
YEAR = 365.25 * 24 * 60 * 60  # s


def age(w):
    return MPC / w / YEAR / 1e9  # 1 / w, in 10^9 years


# --8<-- [end:age]
