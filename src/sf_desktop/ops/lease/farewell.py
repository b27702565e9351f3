"""Tells the council that a vault was wiped, once it is reached: the word was signed before the key was destroyed."""

from __future__ import annotations

import secrets
from contextlib import closing
from pathlib import Path
from types import NoneType

from sf_desktop.clock import Clock
from sf_desktop.store.ending.wiping import WipedHome, confirm, wiped_homes
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.transport import Question, Transport


def tell_councils(vaults: Path, clock: Clock) -> int:
    """Tell of every wiped vault of this laptop that has not been told of; return how many are told now. Waits."""
    return sum(_tell(each, clock) for each in wiped_homes(vaults) if not each.farewell.confirmed_at)


def _tell(wiped: WipedHome, clock: Clock) -> bool:
    try:
        with closing(
            Transport(wiped.farewell.address, clock, CouncilTime(clock).now, secrets.token_bytes)
        ) as transport:
            transport.ask(Question("POST", "/v1/wipe-reports", NoneType, wiped.farewell.word))
    except AnswerError:
        return False  # it is told at another start; that it was wiped does not depend on it
    confirm(wiped, clock.now())
    return True
