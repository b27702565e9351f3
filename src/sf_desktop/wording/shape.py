"""What one error says, and the four kinds of error that a table of words makes."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.errors import InputError, ReachError, Retry, SfError, StandingError, VaultError


@dataclass(frozen=True, slots=True)
class Words:
    """What one code says. ``{name}`` in a text takes a number that the raiser passes; only numbers may be put in."""

    kind: type[SfError]
    title: str
    advice: str
    retry: Retry


def vault_words(title: str, advice: str, retry: Retry = Retry.NOW) -> Words:
    return Words(VaultError, title, advice, retry)


def input_words(title: str, advice: str) -> Words:
    return Words(InputError, title, advice, Retry.NOW)


def reach_words(title: str, advice: str, retry: Retry = Retry.LATER) -> Words:
    return Words(ReachError, title, advice, retry)


def standing_words(title: str, advice: str, retry: Retry = Retry.AFTER_SIGN_IN) -> Words:
    return Words(StandingError, title, advice, retry)
