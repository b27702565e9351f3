"""Writes a report of what was not foreseen: the kind of error and its places in the code, no value and no message."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from sf_desktop.clock import Clock
from sf_desktop.paths import make_private
from sf_record.errors import SfError

_MOST_REPORTS = 20
_MOST_PLACES = 60


def install(folder: Path, clock: Clock, told: Callable[[], None] = lambda: None) -> None:
    """Report every error that nobody caught, on every thread, to a private file in this folder; then call ``told``."""

    def report(kind: type[BaseException] | None, raised: BaseException | None) -> None:
        if raised is None or (kind is not None and issubclass(kind, KeyboardInterrupt | SystemExit)):
            return
        write_report(folder, clock, raised)
        told()

    def on_main(kind: type[BaseException], raised: BaseException, _: TracebackType | None) -> None:
        report(kind, raised)

    def on_thread(hook: threading.ExceptHookArgs) -> None:
        report(hook.exc_type, hook.exc_value)

    def on_unraisable(hook: Any) -> None:
        report(hook.exc_type, hook.exc_value)

    sys.excepthook = on_main
    threading.excepthook = on_thread
    sys.unraisablehook = on_unraisable


def write_report(folder: Path, clock: Clock, raised: BaseException) -> Path | None:
    """Write one report and return its place, or None where even that failed; it never raises."""
    import platform  # mostly nothing is ever reported

    from sf_record.dates import moment_text

    now = clock.now()
    lines = (
        "Strengthening Families Desktop stopped doing something unexpectedly.",
        "This report holds no records: only the kind of error and the places in the program.",
        f"at {moment_text(now)}",
        f"python {platform.python_version()} on {platform.system()} {platform.release()}",
        *places(raised),
    )
    try:
        make_private(folder)
        path = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.urandom(3).hex()}.txt"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as report:
            report.write("\n".join(lines) + "\n")
        _forget_old(folder)
    except (OSError, SfError):
        return None
    return path


def places(raised: BaseException) -> Iterator[str]:
    """Yield the error's class and code, its places in the code, and the same of what it was raised from."""
    seen: set[int] = set()
    current: BaseException | None = raised
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        code = f" code={current.code}" if isinstance(current, SfError) else ""
        yield f"{type(current).__module__}.{type(current).__qualname__}{code}"
        yield from list(_frames(current.__traceback__))[-_MOST_PLACES:]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        # The last folders of the file only: the path before them names the person's home.
        yield f"  {'/'.join(Path(code.co_filename).parts[-3:])}:{traceback.tb_lineno} {code.co_name}"
        traceback = traceback.tb_next


def _forget_old(folder: Path) -> None:
    reports = sorted(folder.glob("crash-*.txt"))
    for path in reports[:-_MOST_REPORTS]:
        path.unlink(missing_ok=True)
