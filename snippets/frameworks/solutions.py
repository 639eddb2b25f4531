"""Solutions: a walk back by hand, and the price of many nudges."""

from frameworks.scratch import score


# --8<-- [start:walk_back]
def notes(w):
    miss = w * 3 + 1 - 10
    return [3, 1, 1, 2 * miss, 0.5]


def walk_back(w):
    product = 1
    for note in reversed(notes(w)):
        product = product * note
    return product


# --8<-- [end:walk_back]


# --8<-- [start:nudge_each]
def nudge_each(f, w, delta=0.001):
    start = f(w)
    slopes = []
    for k in range(len(w)):
        nudged = list(w)
        nudged[k] = nudged[k] + delta
        slopes.append((f(nudged) - start) / delta)
    return slopes


# --8<-- [end:nudge_each]


# --8<-- [start:total]
def total(w, marks):
    marks.append("scored")
    return sum(score(guess) for guess in w)


# --8<-- [end:total]
