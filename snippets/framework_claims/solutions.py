"""The slope as a graph."""

from framework_claims.scratch import Node


# --8<-- [start:derivative]
def derivative(node, name):
    if not isinstance(node, Node):
        return 0
    if not node.inputs:
        return 1 if node.op == name else 0
    u, v = node.inputs
    du, dv = derivative(u, name), derivative(v, name)
    if node.op in "+-":
        return Node(node.op, du, dv)
    if node.op == "*":
        return Node("+", Node("*", du, v), Node("*", u, dv))
    if isinstance(v, Node):
        raise ValueError(f"{node.op} by a node")
    if node.op == "/":
        return Node("/", du, v)
    return Node("*", Node("*", v, Node("**", u, v - 1)), du)


# --8<-- [end:derivative]
