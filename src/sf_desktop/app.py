"""The laptop program: builds every part, wires it, starts and stops it."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sf_desktop import crash
from sf_desktop.clock import Clock, SystemClock
from sf_desktop.log import start_log
from sf_desktop.papers import DRAW, PRINT
from sf_desktop.paths import Paths, make_private, paths
from sf_desktop.store.hygiene import harden, share_one_heap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from sf_desktop.desktop import Desktop

_LOG = logging.getLogger(__name__)
_QT_LEVELS = {"debug": logging.DEBUG, "info": logging.DEBUG}


class Options(NamedTuple):
    """What was asked for on the command line."""

    paths: Paths
    is_pretend: bool = False
    is_doctor: bool = False
    is_hidden: bool = False  # begin behind the neutral page


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program, or one of its commands; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == [DRAW]:  # a frozen program is its own helper; it knows of no vault then
        from sf_desktop.papers.drawing import main as draw_page

        return draw_page()
    if words == [PRINT]:
        from sf_desktop.ui.paper.printing_process import main as print_pages

        return print_pages()
    options = read_options(words)
    if options.is_doctor:  # it looks, and writes nothing: a folder that cannot be used is for it to say
        harden()
        return _doctor(options.paths)
    prepare(options)
    app, desktop = build(options)
    desktop.begin(is_hidden=options.is_hidden)
    status = app.exec()
    try:
        desktop.end()
    except Exception as bug:
        if not desktop.is_locking:
            raise
        sys.excepthook(type(bug), bug, bug.__traceback__)  # told, and locked all the same
    if desktop.is_locking:
        replace_process(is_pretend=desktop.is_pretend, is_hidden=desktop.is_hiding)
    return status


def read_options(argv: Sequence[str]) -> Options:
    """Read the command line; exits with a usage text where it cannot be read."""
    parser = argparse.ArgumentParser(prog="sf-desktop", description="Strengthening Families Desktop")
    parser.add_argument("command", nargs="?", choices=("doctor",), help="doctor: tell support how this laptop stands")
    parser.add_argument("--data-dir", type=Path, help="keep vaults, settings and logs in this folder")
    parser.add_argument("--pretend", action="store_true", help="the vault with pretend families, kept apart")
    parser.add_argument("--hidden", action="store_true", help="begin behind a page that says nothing")
    read = parser.parse_args(argv)
    usual = paths(read.data_dir)
    chosen = usual._replace(data=usual.data / "pretend") if read.pretend else usual
    return Options(chosen, is_pretend=read.pretend, is_doctor=read.command == "doctor", is_hidden=read.hidden)


def prepare(options: Options, clock: Clock | None = None) -> None:
    """Keep this process to itself, first of all; then let it say what goes wrong."""
    harden()
    share_one_heap()
    make_private(options.paths.data)
    start_log(options.paths.logs)
    crash.install(options.paths.crashes, clock or SystemClock())


def build(options: Options, clock: Clock | None = None) -> tuple[QApplication, Desktop]:
    """Make the Qt application and the desktop that runs in it; nothing is shown yet."""
    gc.disable()  # the desktop takes it over (ui/kit/garbage.py); until then nothing is let go, and looking costs 20 ms
    from PySide6.QtWidgets import QApplication

    _let_sources_be()
    from sf_desktop.desktop import Desktop
    from sf_desktop.ui.kit.style.theme import application_in_fusion
    from sf_desktop.ui.kit.text.service import SERVICE

    app = QApplication.instance() or application_in_fusion(sys.argv[0])
    assert isinstance(app, QApplication)
    _log_qt()
    app.setApplicationDisplayName(SERVICE)
    desktop = Desktop(app, options.paths, clock or SystemClock(), is_pretend=options.is_pretend)
    crash.install(options.paths.crashes, clock or SystemClock(), desktop.tell_of_bug)
    return app, desktop


def _let_sources_be() -> None:
    """Keep PySide from reading, and keeping, the source text of every module that is imported from here on: 7 MB.

    It looks for the name PySide6 in it, because such a module may switch features of spelling that nobody here uses
    (``shibokensupport.feature``, PySide 6.11; there is no setting for it). Where that place has gone, nothing is done.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and "_mod_uses_pyside" in vars(feature):
        vars(feature)["_mod_uses_pyside"] = lambda _module: True


def _log_qt() -> None:
    """Have Qt's warnings in the log, without their words: a warning may quote a file's name, and a printed one stays
    in the computer's journal. What keeps the window from being made at all is still printed: that was before.
    """
    from PySide6.QtCore import qInstallMessageHandler

    def say(level: object, context: object, _words: str) -> None:
        kind = str(getattr(level, "name", "")).removeprefix("Qt").removesuffix("Msg").lower()
        of = str(getattr(context, "category", "") or "").replace(".", "_").lower()
        _LOG.log(_QT_LEVELS.get(kind, logging.WARNING), "qt_said level=%s category=%s", kind, of)

    qInstallMessageHandler(say)


def replace_process(*, is_pretend: bool = False, is_hidden: bool = False) -> None:
    """Become a new process at the lock screen: what was in this one's memory is gone."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a console has none on Windows
            stream.flush()
    words = same_again(is_pretend=is_pretend, is_hidden=is_hidden)
    os.execv(sys.executable, as_handed_over(words))  # noqa: S606 - this very program, no shell


def as_handed_over(words: Sequence[str], platform: str = sys.platform) -> list[str]:
    """Return words such that the new process reads each as one: Windows joins them by spaces, and quotes none."""
    if platform != "win32":
        return list(words)
    from subprocess import list2cmdline

    return [list2cmdline([each]) for each in words]


def same_again(*, is_pretend: bool, is_hidden: bool = False) -> list[str]:
    """Return what starts this program as it was started; at the pretend vault where that was chosen in the window.

    Behind the neutral page only where it was hidden just now.
    """
    begun = [sys.executable, *sys.argv[1:]] if getattr(sys, "frozen", False) else list(sys.orig_argv)
    begun = [each for each in begun if each != "--hidden"]
    if is_pretend and "--pretend" not in begun:
        begun.append("--pretend")
    return [*begun, "--hidden"] if is_hidden else begun


def _doctor(where: Paths) -> int:
    from sf_desktop.doctor import examine

    is_well, lines = examine(where)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if is_well else 1


if __name__ == "__main__":
    raise SystemExit(main())
