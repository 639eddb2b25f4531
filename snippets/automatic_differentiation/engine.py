"""Numbers that remember their local slopes: autograd in fifty lines."""

# --8<-- [start:value]
import math


class Value:
    def __init__(self, data, *slopes):
        self.data = data
        self.slopes = slopes  # (source, d self / d source), ...
        self.depth = 1 + max([source.depth for source, _ in slopes], default=0)
        self.grad = 0.0  # d loss / d self

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        slopes = (self, other.data), (other, self.data)
        return Value(self.data * other.data, *slopes)

    def __pow__(self, k):
        return Value(self.data**k, (self, k * self.data ** (k - 1)))

    def tanh(self):
        g = math.tanh(self.data)
        return Value(g, (self, 1 - g**2))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return self**-1 * other

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        order = ordered(self)
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            for source, slope in value.slopes:
                source.grad += value.grad * slope


def as_value(number):
    return number if isinstance(number, Value) else Value(number)


def ordered(root):
    found, seen = [root], {root}
    for value in found:
        for source, _ in value.slopes:
            if source not in seen:
                found.append(source)
                seen.add(source)
    return sorted(found, key=lambda value: value.depth)


# --8<-- [end:value]


# --8<-- [start:gradients]
def gradients(f, *numbers):
    values = [Value(number) for number in numbers]
    f(*values).backward()
    return [value.grad for value in values]


# --8<-- [end:gradients]


# --8<-- [start:train]
def train(loss, *parameters, lr=0.5, epochs=300):
    for _ in range(epochs):
        slopes = gradients(loss, *parameters)
        parameters = [p - lr * dp for p, dp in zip(parameters, slopes)]
    return parameters


# --8<-- [end:train]
