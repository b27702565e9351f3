"""How a command is added to the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn, TypeAlias

from sf_council.settings import Settings

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse gives it no public name
FAMILY, WHICH_FAMILY = "FAMILY", "the id of a family file; sf-council device show USERNAME names those of somebody"
USERNAME, WHO = "USERNAME", "whom; sf-council user list names everybody"
Run: TypeAlias = Callable[[Settings, argparse.Namespace], None]


class Parser(argparse.ArgumentParser):
    """Says in one line what was not understood, and in a second where to read more: no page of usage before it."""

    def error(self, message: str) -> NoReturn:
        words = message.removeprefix("argument ").replace("the following arguments are required", "missing")
        self.exit(2, f"{self.prog}: {words}\n{self.prog} --help says what it takes. Nothing was changed.\n")


def whole(text: str) -> int:
    """Read a whole number of an option."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError("give a whole number") from None


def add(commands: Commands, where: argparse.ArgumentParser, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    """Add a command that runs a function."""
    parser = commands.add_parser(name, parents=[where], help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def group(commands: Commands, name: str, words: str) -> Commands:
    """Add a name under which several commands stand."""
    parser = commands.add_parser(name, help=words, description=words)
    return parser.add_subparsers(required=True, metavar="COMMAND")
