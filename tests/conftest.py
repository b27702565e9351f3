"""Settings that every test shares: the long runs, hypothesis's patience, and a place for Qt to run in."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator

import hypothesis
import pytest

# Before Qt is imported: no test opens a window on somebody's screen (one that wants a display starts its own).
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.name == "posix" and not os.environ.get("XDG_RUNTIME_DIR"):
    # Qt warns without it, and a warning of Qt's fails a test.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="sf-run-")
    atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)

# No deadline: on a shared machine a slow example says nothing about the program.
_QUIET = (hypothesis.HealthCheck.too_slow,)
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=_QUIET)
hypothesis.settings.register_profile("long", deadline=None, suppress_health_check=_QUIET, max_examples=10_000)

# Files that take a minute or so are begun first: at the end of a run each of them would keep one worker waiting.
_LONGEST = (
    "test_table.py",
    "test_table_other_half.py",
    "test_kills.py",
    "test_demonstration.py",
    "test_laptops.py",
    "test_canaries.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch under two names: the full counts of SECURITY.md's table."""
    parser.addoption(
        "--long",
        "--faults",
        action="store_true",
        dest="long",
        help="run the tests marked 'long' too, and every fault as often as a full run wants it",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Tell hypothesis how far to look."""
    hypothesis.settings.load_profile("long" if config.getoption("long") else "suite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs out unless they are asked for: deselected, and counted as such, never silently skipped."""
    items.sort(key=_is_soon_done)
    if config.getoption("long"):
        return
    long_runs = [item for item in items if item.get_closest_marker("long")]
    if long_runs:
        config.hook.pytest_deselected(items=long_runs)
        items[:] = [item for item in items if item not in set(long_runs)]


def _is_soon_done(item: pytest.Item) -> bool:
    return item.path.name not in _LONGEST


@pytest.fixture(autouse=True)
def garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect here what a test of Qt leaves, as the program does: another thread must destroy nothing of Qt."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.freeze()  # what is left is the suite's own: the next collection need not look at it again
    gc.enable()


@pytest.fixture(scope="session")
def run_count(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often to repeat a fault: ``run_count(50, 1000)`` is 50 in the suite and 1,000 with --long."""
    is_long = bool(request.config.getoption("long"))

    def choose(in_suite: int, full: int) -> int:
        return full if is_long else in_suite

    return choose
