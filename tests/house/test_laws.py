"""The house's laws for source files that no linter knows; each message says what to do instead."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tests.house.tree import Module, calls, dotted, imported, of_tests, source, within

FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "tools", "stuff"}
LONGEST = 500

# Widgets that read what they are given as rich text unless told otherwise. The kit wraps each once, as plain text.
RICH_BY_DEFAULT = {"QLabel", "QMessageBox", "QTextEdit", "QErrorMessage"}

# What sf_record may not call, though the module it stands in may be imported.
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__"}
IMPURE_ENDS = {"now", "today", "utcnow", "uuid1", "uuid4", "get_data", "read_text", "read_bytes", "monotonic"}
IMPURE_IMPORTS = ("importlib.resources", "uuid.uuid1", "uuid.uuid4", "pkgutil.get_data", "sys")


def refuse(found: Iterable[str], instead: str) -> None:
    """Fail if anything was found, with each place and what to do there."""
    places = list(found)
    assert not places, "\n".join(["", *places, f"-> {instead}"])


def test_a_module_says_its_one_responsibility() -> None:
    refuse(
        (module.name for module in (*source(), *of_tests()) if not ast.get_docstring(module.tree)),
        "Begin the file with one sentence saying what it is for.",
    )


def test_a_module_has_a_name_that_says_what_is_in_it() -> None:
    refuse(
        (module.name for module in (*source(), *of_tests()) if FORBIDDEN_NAMES & set(_parts(module))),
        "Name the module after what is in it; if it has no one name, it is two modules.",
    )


def _parts(module: Module) -> list[str]:
    return module.name.removesuffix(".py").split("/")


def test_a_module_is_short_enough_to_have_one_responsibility() -> None:
    lengths = ((module.name, module.text.count("\n")) for module in source())
    refuse(
        (f"{name}: {lines} lines" for name, lines in lengths if lines > LONGEST),
        "Find the second responsibility and give it a file of its own.",
    )


def test_no_mocks() -> None:
    refuse(
        (
            f"{module.at(node)}: {name}"
            for module in of_tests()
            for node, name in imported(module)
            if name.split(".")[0] in {"mock", "pytest_mock"} or name.startswith("unittest.mock")
        ),
        "No mocks: pass a fake from tests/fakes, or run the real thing in process.",
    )


def test_nothing_sleeps() -> None:
    sleeps = {"time.sleep", "asyncio.sleep", "qtbot.wait", "QThread.sleep", "QThread.msleep", "QTest.qWait"}
    everything = (*source(), *of_tests())
    found = [module.at(node) for module in everything for node, name in imported(module) if name in sleeps]
    found += [module.at(call) for module in everything for call in calls(module) if dotted(call.func) in sleeps]
    refuse(found, "Wait for a signal, an event or a condition with a time limit, or freeze the clock.")


def test_signals_are_connected_to_methods() -> None:
    refuse(
        (
            module.at(call)
            for module in source()
            for call in calls(module)
            if isinstance(call.func, ast.Attribute) and call.func.attr == "connect" and _has_loose_slot(call)
        ),
        "A lambda or partial runs in the thread that emits, even queued: connect a method of a QObject, with @Slot.",
    )


def _has_loose_slot(call: ast.Call) -> bool:
    return any(
        isinstance(argument, ast.Lambda)
        or (isinstance(argument, ast.Call) and dotted(argument.func).split(".")[-1] == "partial")
        for argument in call.args
    )


def test_no_nested_event_loops() -> None:
    refuse(
        (
            f"{module.at(call)}: {dotted(call.func)}"
            for module in within("sf_desktop")
            for call in calls(module)
            if dotted(call.func).split(".")[-1] in {"processEvents", "QEventLoop", "exec_"}
        ),
        "No nested event loops and no processEvents: let the worker announce its end with a signal.",
    )


def test_only_a_command_line_prints() -> None:
    refuse(
        (
            module.at(call)
            for module in source()
            if not module.name.startswith("src/sf_council/cli")
            for call in calls(module)
            if dotted(call.func) in {"print", "pprint", "pprint.pprint", "breakpoint"}
        ),
        "Log ids, counts and codes, or return what is to be said; only src/sf_council/cli prints.",
    )


def test_no_error_is_swallowed() -> None:
    refuse(
        (
            module.at(node)
            for module in source()
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ExceptHandler) and _swallows(node)
        ),
        "Catch the errors you can name, and translate them with raise ... from; anything else is a bug to report.",
    )


def _swallows(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    is_blind = dotted(handler.type) in {"Exception", "BaseException"}
    return is_blind and all(isinstance(line, ast.Pass | ast.Continue) or _is_bare_text(line) for line in handler.body)


def _is_bare_text(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def test_words_are_shown_as_plain_text() -> None:
    refuse(
        (
            f"{module.at(call)}: {dotted(call.func)}"
            for module in (*within("sf_desktop/ui"), *within("sf_desktop/app.py"))
            if not module.name.startswith("src/sf_desktop/ui/kit/")
            for call in calls(module)
            if RICH_BY_DEFAULT & set(dotted(call.func).split("."))
        ),
        "Qt takes a note with a < in it for rich text and loads what it names: use the plain-text widgets of ui/kit.",
    )


def test_the_record_reads_no_clock_disk_or_chance() -> None:
    record = within("sf_record")
    found = [
        f"{module.at(call)}: {dotted(call.func)}"
        for module in record
        for call in calls(module)
        if dotted(call.func) in IMPURE_CALLS or dotted(call.func).split(".")[-1] in IMPURE_ENDS
    ]
    found += [
        f"{module.at(node)}: {name}"
        for module in record
        for node, name in imported(module)
        if any(name == banned or name.startswith(f"{banned}.") for banned in IMPURE_IMPORTS)
    ]
    refuse(found, "sf_record is pure: take the time, the random bytes or the text as an argument.")
