"""The three ways in which each story is told: online, offline at first, and cut in the middle."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pytest

from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.network import Network

Exchange = Callable[[Town, Laptop], None]
CUT_UP, CUT_DOWN = 500, 60  # bytes: within the smallest round, and within the smallest answer


def online(_town: Town, laptop: Laptop) -> None:
    """The network is there."""
    laptop.round()


def offline(town: Town, laptop: Laptop) -> None:
    """There is no network at first; the laptop is even closed meanwhile."""
    with town.network.offline():
        assert laptop.try_round() == "council_away"
    laptop.connect()
    laptop.round()


def cut_up(town: Town, laptop: Laptop) -> None:
    """The network breaks while the laptop speaks."""
    with town.network.cut(up=CUT_UP):
        assert laptop.try_round(), "nothing was cut"
    laptop.round()


def cut_down(town: Town, laptop: Laptop) -> None:
    """The network breaks while the council answers: it has taken everything, and nobody knows."""
    with town.network.cut(down=CUT_DOWN):
        assert laptop.try_round(), "nothing was cut"
    laptop.round()


EVERY = pytest.mark.parametrize("exchange", [online, offline, cut_up, cut_down])

Spell = Callable[[Network], AbstractContextManager[None]]
"""The same weathers for what has a wire of its own: the network as it is for a while."""

_SPELLS: dict[str, Spell] = {
    "online": lambda _: nullcontext(),
    "offline": lambda network: network.offline(),
    "cut_up": lambda network: network.cut(up=CUT_UP),
    "cut_down": lambda network: network.cut(down=CUT_DOWN),
}
EVERY_SPELL = pytest.mark.parametrize("spell", _SPELLS.values(), ids=_SPELLS)
