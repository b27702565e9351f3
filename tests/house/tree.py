"""The project's own Python files, read once, for the laws in this folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
TESTS = ROOT / "tests"


@dataclass(frozen=True)
class Module:
    """One file: where it is, what it says, and how it parses."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path from the checkout, as a message shows it."""
        return self.path.relative_to(ROOT).as_posix()

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor can open it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


@cache
def _modules(folder: Path) -> tuple[Module, ...]:
    found = []
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text("utf-8")
        found.append(Module(path, text, ast.parse(text, str(path))))
    return tuple(found)


def source() -> tuple[Module, ...]:
    """Every module of the three packages."""
    return _modules(SOURCE)


def of_tests() -> tuple[Module, ...]:
    """Every module of the tests, these laws included."""
    return _modules(TESTS)


def within(package: str) -> tuple[Module, ...]:
    """The modules of one package or folder under src, such as "sf_desktop/ui"."""
    return tuple(module for module in source() if (SOURCE / package) in (module.path, *module.path.parents))


def calls(module: Module) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """A name such as "datetime.now" or "self.button.clicked.connect"; empty for anything that is not a plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def imported(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported name in full: ``from time import sleep`` gives "time.sleep"."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"
