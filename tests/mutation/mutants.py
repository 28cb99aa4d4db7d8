"""Small faults, one at a time: what somebody might get wrong in a formula.

A mutant changes one operator, comparison, number, condition or name of a function's body, or
takes a bare call out. Docstrings, annotations, decorators, texts and whole raise statements stay:
what an error says is read by people, and that it is raised is tested by the condition before it.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
NAMES = {
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "argmin": "argmax",
    "argmax": "argmin",
    "any": "all",
    "all": "any",
    "ceil": "floor",
    "floor": "ceil",
    "zeros": "ones",
    "ones": "zeros",
    "abs": "float",
}


@dataclass(frozen=True)
class Mutant:
    """One fault: where, what stood there, what stands there now, and the whole source with it."""

    line: int
    function: str
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        """Return what identifies the mutant while lines above it come and go."""
        return f"{self.function}: {self.before} -> {self.after}"


def mutants_of(source: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    found: list[Mutant] = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            for function in ast.walk(statement):
                if isinstance(function, ast.FunctionDef):
                    found += _mutants_in(tree, statement.name, function)
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            found += _mutants_in(tree, "module", statement)
    return found


def _mutants_in(tree: ast.Module, where: str, part: ast.stmt) -> list[Mutant]:
    found = []
    body = part.body if isinstance(part, ast.FunctionDef) else [part]
    for node, parent in _walk(body, part):
        for field, old, new in _changes(node, parent):
            shown = node
            if isinstance(node, ast.Constant | ast.Name) and isinstance(parent, ast.expr):
                shown = parent
            before = _text(shown)
            if field == "whole":
                undo = _replace(parent, node, new)
                after = _text(new)
            else:
                setattr(node, field, new)
                undo, after = None, _text(shown)
            source = ast.unparse(tree)
            if undo is None:
                setattr(node, field, old)
            else:
                undo()
            found.append(Mutant(shown.lineno, where, before, after, source))
    return found


def _walk(body: list[ast.stmt], owner: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield every node that may be changed, with the node it belongs to."""
    for statement in body:
        yield from _below(statement, owner)


def _below(node: ast.AST, parent: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.FunctionDef):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return
    yield node, parent
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr | ast.stmt | ast.comprehension | ast.keyword):
                yield from _below(child, node)


def _changes(node: ast.AST, parent: ast.AST) -> Iterator[tuple[str, object, object]]:
    """Yield field, old and new value of every change of one node."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in ARITHMETIC:
        yield "op", node.op, ARITHMETIC[type(node.op)]()
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in COMPARISONS[type(operator)]:
                yield "ops", node.ops, [*node.ops[:place], other(), *node.ops[place + 1 :]]
    if isinstance(node, ast.BoolOp):
        yield "op", node.op, ast.Or() if isinstance(node.op, ast.And) else ast.And()
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield "whole", node, node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "value", node.value, not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "value", node.value, node.value + 1
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not _is_plain(node.test):
        yield "test", node.test, ast.UnaryOp(ast.Not(), copy.deepcopy(node.test))
    if isinstance(node, ast.Name) and node.id in NAMES and isinstance(parent, ast.Call):
        yield "id", node.id, NAMES[node.id]
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield "attr", node.attr, NAMES[node.attr]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "whole", node, ast.Pass()
    if isinstance(node, ast.Break):
        yield "whole", node, ast.Continue()
    if isinstance(node, ast.Continue):
        yield "whole", node, ast.Pass()


def _is_plain(test: ast.expr) -> bool:
    """Return whether turning a test round is another mutant already, or leads nowhere."""
    return isinstance(test, ast.Constant) or (
        isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    )


def _replace(parent: ast.AST, node: ast.AST, value: object):
    """Put a value in the place of a node; return what puts the node back."""
    for field, held in ast.iter_fields(parent):
        if held is node:
            setattr(parent, field, value)
            return lambda: setattr(parent, field, node)
        if isinstance(held, list):
            for place, child in enumerate(held):
                if child is node:
                    held[place] = value
                    return lambda held=held, place=place: held.__setitem__(place, node)
    raise LookupError(ast.dump(node))


def _text(node: object) -> str:
    """Return a node as one short line of code."""
    if isinstance(node, ast.If | ast.While):
        node = node.test
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else text[:87] + "..."
