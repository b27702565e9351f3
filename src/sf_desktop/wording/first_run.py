"""What some errors say while a laptop is being set up: nothing has been written yet, and nothing is tried by itself."""

from __future__ import annotations

from sf_desktop.wording.shape import reach_words as _reach
from sf_desktop.wording.shape import standing_words as _standing
from sf_record.errors import Retry, SfError

_NOTHING_LOST = "Nothing you typed here is lost. "
FIRST_RUN = {
    "offline": _reach(
        "The council cannot be reached",
        _NOTHING_LOST + "Check that this laptop has a connection and that the address is right, then try again.",
        Retry.NOW,
    ),
    "council_away": _reach(
        "The council does not answer",
        _NOTHING_LOST + "Check the address, or wait a few minutes and try again.",
        Retry.NOW,
    ),
    "certificate_refused": _reach(
        "The council’s certificate is not trusted by this computer",
        "Nothing was sent. Wireless networks in cafés do this; if it happens on your own network, tell IT.",
    ),
    "not_a_council": _reach(
        "Something else answered instead of the council",
        "Check the address. A wireless network may also want you to sign in to it first.",
    ),
    "answer_unreadable": _reach(
        "The council’s answer could not be read", "Nothing of it was stored. Try again; if it lasts, tell support."
    ),
    "sign_in_refused": _standing(
        "The council did not accept that",
        "Check the name, the password and the laptop code, and try again. A code works once and for a limited time;"
        " your council can give you another.",
    ),
    "clock_astray": _standing(
        "This computer’s clock is wrong", "Set the date and the time, then try again.", Retry.LATER
    ),
    "signature_refused": _standing(
        "The council could not check that this is your laptop", "Try again. If it lasts, tell IT.", Retry.LATER
    ),
}
_COME_STAYS = "What has come is kept. "
FETCHING = {
    "offline": _reach(
        "The council cannot be reached",
        _COME_STAYS + "Check that this laptop has a connection, then go on fetching.",
        Retry.NOW,
    ),
    "council_away": _reach(
        "The council does not answer", _COME_STAYS + "Wait a few minutes, then go on fetching.", Retry.NOW
    ),
    "not_a_council": _reach(
        "Something else answered instead of the council",
        _COME_STAYS + "A wireless network may want you to sign in to it first; then go on fetching.",
    ),
    "answer_unreadable": _reach(
        "The council’s answer could not be read", _COME_STAYS + "Go on fetching; if it lasts, tell support."
    ),
    "answer_unproved": _reach(
        "The council’s answer does not carry its signature",
        _COME_STAYS + "Something on the way changes what the council says. Go on fetching; if it lasts, tell IT.",
    ),
}


def at_first_run(known: SfError, *, is_fetching: bool = False) -> SfError:
    """The same error in the words for somebody who is still setting the laptop up, or fetches the families to it."""
    words = (FETCHING.get(known.code) if is_fetching else None) or FIRST_RUN.get(known.code)
    return known if words is None else words.kind(known.code, words.title, words.advice, words.retry)
