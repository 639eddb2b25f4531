"""One graph, walked in both directions, with the multiplications counted."""

from automatic_differentiation.engine import ordered


# --8<-- [start:directions]
def forwards(loss, parameter):
    slope, count = {parameter: 1.0}, 0  # d value / d parameter
    for value in ordered(loss):
        for source, local in value.slopes:
            if source in slope:
                slope[value] = slope.get(value, 0.0) + local * slope[source]
                count += 1
    return slope[loss], count


def backwards(loss):
    slope, count = {loss: 1.0}, 0  # d loss / d value
    for value in reversed(ordered(loss)):
        for source, local in value.slopes:
            slope[source] = slope.get(source, 0.0) + slope[value] * local
            count += 1
    return slope, count


# --8<-- [end:directions]
