"""The house's laws for source files that no linter knows, each with what to do instead and an example of its breach."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.house.tree import Module, calls, dotted, imported

FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "tools", "stuff"}
LONGEST = 420

# Widgets that read what they are given as rich text unless told otherwise. The kit wraps each once, as plain text.
RICH_BY_DEFAULT = {"QLabel", "QMessageBox", "QTextEdit", "QErrorMessage"}

SLEEPS = {"time.sleep", "asyncio.sleep", "qtbot.wait", "QThread.sleep", "QThread.msleep", "QTest.qWait"}
PRINTS = {"print", "pprint", "pprint.pprint", "breakpoint"}
NESTED_LOOPS = {"processEvents", "QEventLoop", "exec_"}

# What sf_record may not call, though the module it stands in may be imported.
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__"}
IMPURE_ENDS = {"now", "today", "utcnow", "uuid1", "uuid4", "get_data", "read_text", "read_bytes", "monotonic"}
IMPURE_IMPORTS = ("importlib.resources", "uuid.uuid1", "uuid.uuid4", "pkgutil.get_data", "sys")


# What nobody but its makers calls by that name. "The other way round" is none.
OF_ROUNDS = re.compile(r"\b(?:a|an|the|each|every|next|last|their|your|few) rounds?\b", re.IGNORECASE)
STRAIGHT_APOSTROPHE = re.compile(r"[a-z]'s\b|s' [a-z]|n't\b")


@dataclass(frozen=True)
class Law:
    """One law: where it holds, how a breach is found, what to do instead, and a breach that must be found."""

    name: str
    holds_in: tuple[str, ...]
    find: Callable[[Module], Iterator[str]]
    instead: str
    breach: str
    breach_at: str = "src/sf_desktop/ui/visit/form.py"
    except_in: tuple[str, ...] = ()

    def covers(self, module: Module) -> bool:
        """Whether the law speaks about this module."""
        return module.name.startswith(self.holds_in) and not module.name.startswith(self.except_in or ("?",))


def _no_docstring(module: Module) -> Iterator[str]:
    is_empty_marker = module.name.startswith("tests/") and not module.tree.body
    if not is_empty_marker and not ast.get_docstring(module.tree):
        yield module.name


def _says_nothing(module: Module) -> Iterator[str]:
    if FORBIDDEN_NAMES & set(module.name.removesuffix(".py").split("/")):
        yield module.name


def _too_long(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > LONGEST:
        yield f"{module.name}: {lines} lines"


def _mocks(module: Module) -> Iterator[str]:
    for node, name in imported(module):
        if name.split(".")[0] in {"mock", "pytest_mock"} or name.startswith("unittest.mock"):
            yield module.at(node)


def _replaced_parts(module: Module) -> Iterator[str]:
    """What Python itself says of this run (sys, threading) may be set for a test; a part of the program may not."""
    for call in calls(module):
        is_setting = dotted(call.func).split(".")[-1] == "setattr" and dotted(call.func) != "setattr"
        if is_setting and _target(call).split(".")[0] not in {"sys", "threading"}:
            yield module.at(call)
    parts = {name.split(".")[-1] for _, name in imported(module) if name.startswith("sf_")}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and dotted(node.value) in parts:
            yield module.at(node)


def _target(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return str(first.value) if isinstance(first, ast.Constant) else dotted(first) if first is not None else ""


def _sleeps(module: Module) -> Iterator[str]:
    for node, name in imported(module):
        if name in SLEEPS:
            yield module.at(node)
    for call in calls(module):
        if dotted(call.func) in SLEEPS:
            yield module.at(call)


def _loose_slots(module: Module) -> Iterator[str]:
    for call in calls(module):
        is_connect = isinstance(call.func, ast.Attribute) and call.func.attr == "connect"
        if is_connect and any(_is_loose(argument) for argument in call.args):
            yield module.at(call)


def _is_loose(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Call):
        return dotted(argument.func).split(".")[-1] == "partial"
    return isinstance(argument, ast.Lambda)


def _nested_loops(module: Module) -> Iterator[str]:
    for call in calls(module):
        if dotted(call.func).split(".")[-1] in NESTED_LOOPS:
            yield f"{module.at(call)}: {dotted(call.func)}"


def _prints(module: Module) -> Iterator[str]:
    return (module.at(call) for call in calls(module) if dotted(call.func) in PRINTS)


def _swallowed(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _is_blind_and_idle(node)):
            yield module.at(node)


def _is_blind_and_idle(handler: ast.ExceptHandler) -> bool:
    is_blind = handler.type is not None and dotted(handler.type) in {"Exception", "BaseException"}
    return is_blind and all(isinstance(line, ast.Pass | ast.Continue) or _is_bare_text(line) for line in handler.body)


def _is_bare_text(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _rich_text(module: Module) -> Iterator[str]:
    for call in calls(module):
        if RICH_BY_DEFAULT & set(dotted(call.func).split(".")):
            yield f"{module.at(call)}: {dotted(call.func)}"


def _bare_line(module: Module) -> Iterator[str]:
    for call in calls(module):
        if dotted(call.func).endswith("QLineEdit"):
            yield f"{module.at(call)}: {dotted(call.func)}"


def _tells_of_rounds(module: Module) -> Iterator[str]:
    yield from _says(module, OF_ROUNDS)


def _straight_apostrophe(module: Module) -> Iterator[str]:
    yield from _says(module, STRAIGHT_APOSTROPHE)


def _says(module: Module, wanted: re.Pattern[str]) -> Iterator[str]:
    """Find texts of a program, docstrings apart."""
    statements = [node for node in ast.walk(module.tree) if isinstance(node, ast.Expr)]
    unread = {id(each.value) for each in statements if _is_bare_text(each)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Constant) or id(node) in unread:
            continue
        if isinstance(node.value, str) and wanted.search(node.value):
            yield f"{module.at(node)}: {node.value}"


def _asks_tables(module: Module) -> Iterator[str]:
    for call in calls(module):
        if dotted(call.func).split(".")[-1] in {"execute", "executemany"}:
            yield module.at(call)


def _impure(module: Module) -> Iterator[str]:
    for call in calls(module):
        if dotted(call.func) in IMPURE_CALLS or dotted(call.func).split(".")[-1] in IMPURE_ENDS:
            yield f"{module.at(call)}: {dotted(call.func)}"
    for node, name in imported(module):
        if any(name == banned or name.startswith(f"{banned}.") for banned in IMPURE_IMPORTS):
            yield f"{module.at(node)}: {name}"


EVERYWHERE = ("src/", "tests/")

LAWS = (
    Law(
        "a module says its one responsibility",
        EVERYWHERE,
        _no_docstring,
        "Begin the file with one sentence saying what it is for.",
        breach="import json\n",
    ),
    Law(
        "a module's name says what is in it",
        EVERYWHERE,
        _says_nothing,
        "Name the module after what is in it; if it has no one name, it is two modules.",
        breach='"""Odds and ends."""\n',
        breach_at="src/sf_desktop/ops/helpers.py",
    ),
    Law(
        "a module is short enough to have one responsibility",
        ("src/",),
        _too_long,
        "Find the second responsibility and give it a file of its own.",
        breach="x = 1\n" * (LONGEST + 1),
    ),
    Law(
        "no mocks",
        EVERYWHERE,
        _mocks,
        "No mocks: pass a fake from tests/fakes, or run the real thing in process.",
        breach="from unittest.mock import MagicMock\n",
        breach_at="tests/unit/test_breach.py",
    ),
    Law(
        "a test replaces no part of the program",
        ("tests/",),
        _replaced_parts,
        "Pass it in: a clock, a patience, a command, a size; the program takes its own where none is given.",
        breach="monkeypatch.setattr(pages, 'PATIENCE_S', 0.2)\n",
        breach_at="tests/unit/test_breach.py",
        except_in=(
            "tests/faults/",
            "tests/machines/",
        ),  # their controls break the program, to show that they would see it
    ),
    Law(
        "nothing sleeps",
        EVERYWHERE,
        _sleeps,
        "Wait for a signal, an event or a condition with a time limit, or freeze the clock.",
        breach="import time\n\ntime.sleep(1)\n",
        breach_at="tests/unit/test_breach.py",
    ),
    Law(
        "signals are connected to methods",
        ("src/",),
        _loose_slots,
        "A lambda or partial runs in the thread that emits, even queued: connect a method of a QObject, with @Slot.",
        breach="button.clicked.connect(lambda: window.save())\n",
    ),
    Law(
        "no nested event loops",
        ("src/sf_desktop/",),
        _nested_loops,
        "No nested event loops and no processEvents: let the worker announce its end with a signal.",
        breach="QApplication.processEvents()\n",
    ),
    Law(
        "only a command line prints",
        ("src/",),
        _prints,
        "Log ids, counts and codes, or return what is to be said; only src/sf_council/cli prints.",
        breach='print("saved")\n',
        except_in=("src/sf_council/cli",),
    ),
    Law(
        "no error is swallowed",
        ("src/",),
        _swallowed,
        "Catch the errors you can name, and translate them with raise ... from; anything else is a bug to report.",
        breach="try:\n    save()\nexcept Exception:\n    pass\n",
    ),
    Law(
        "words are shown as plain text",
        ("src/sf_desktop/ui/", "src/sf_desktop/app"),
        _rich_text,
        "Qt takes a note with a < in it for rich text and loads what it names: use the plain-text widgets of ui/kit.",
        breach="label = QLabel(note)\n",
        except_in=("src/sf_desktop/ui/kit/",),
    ),
    Law(
        "what does not fit into a line is told of",
        ("src/sf_desktop/",),
        _bare_line,
        "A bare QLineEdit stands still over a megabyte, or cuts it in silence: use Line or SearchLine of ui/kit.",
        breach="line = QLineEdit()\n",
    ),
    Law(
        "nobody is told of rounds",
        ("src/sf_desktop/ui/", "src/sf_desktop/ops/", "src/sf_desktop/wording"),
        _tells_of_rounds,
        "Say when it is sent as people see it: when this laptop next reaches the council.",
        breach='SENT = "It goes to the council with the next round."\n',
    ),
    Law(
        "an apostrophe is written as one",
        ("src/sf_desktop/ui/", "src/sf_desktop/ops/", "src/sf_desktop/wording", "src/sf_record/kinds/"),
        _straight_apostrophe,
        "Write \u2019 in what people read, as everywhere else.",
        breach='WHOSE = "The family\'s own words"\n',
    ),
    Law(
        "only the store asks the tables",
        ("src/sf_desktop/ops/", "src/sf_desktop/ui/"),
        _asks_tables,
        "Give the table's file in store/tables, or a file in store/queries, a function that says what is wanted.",
        breach='office.connection.execute("DELETE FROM ready")\n',
        breach_at="src/sf_desktop/ops/breach.py",
    ),
    Law(
        "the record reads no clock, disk or chance",
        ("src/sf_record/",),
        _impure,
        "sf_record is pure: take the time, the random bytes or the text as an argument.",
        breach="from datetime import date\n\nTODAY = date.today()\n",
        breach_at="src/sf_record/breach.py",
    ),
)
