"""A static graph: first described, then run."""

import operator


# --8<-- [start:graph]
class Node:
    def __init__(self, op, *inputs):
        self.op, self.inputs = op, inputs

    def __add__(self, other):
        return Node("+", self, other)

    def __sub__(self, other):
        return Node("-", self, other)

    def __mul__(self, other):
        return Node("*", self, other)

    def __truediv__(self, other):
        return Node("/", self, other)

    def __pow__(self, other):
        return Node("**", self, other)

    def __str__(self):
        if not self.inputs:
            return self.op
        left, right = self.inputs
        return f"({left} {self.op} {right})"


# --8<-- [end:graph]


# --8<-- [start:run]
OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}


def run(node, **values):
    if not isinstance(node, Node):
        return node  # a number
    if not node.inputs:
        return values[node.op]  # w
    return OPERATIONS[node.op](*(run(i, **values) for i in node.inputs))


# --8<-- [end:run]


# --8<-- [start:double]
def double_until(w, limit):
    z = w
    while z < limit:
        z = z * 2
    return z


# --8<-- [end:double]
