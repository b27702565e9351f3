"""Says concerns in words, alike on every screen: what is lacking, which clock runs out when, whom to ring."""

from __future__ import annotations

from datetime import date

from sf_desktop.ops.records.concerns import ConcernView, PhoneNow
from sf_desktop.ui.kit.text.moments import clock_words, in_sentence, short_day
from sf_record.rules.concerns import Clock

PHONE_NOW = "Not sent: phone now"
NOT_SIGNED = "Begun and not signed: nothing is sent until it is"


def phone_words(phone: PhoneNow) -> str:
    """Whom to ring about a concern that nobody else knows of."""
    lead = PHONE_NOW if phone.is_signed else "Concern not signed: sign it, or phone now"
    return f"{lead}. {phone.number.label}: {phone.number.number}"


def about_words(view: ConcernView) -> str:
    """About whom a concern is."""
    return ", ".join(view.about) or "a child"


def clock_line(clock: Clock, today: date) -> str:
    """What is awaited until when, and by whose rule."""
    when = f"{in_sentence(short_day(clock.on, today))}{f', {clock_words(clock.at)}' if clock.at else ''}"
    lead = f"{clock.what}: overdue since {when}" if clock.is_overdue else f"{clock.what}: due by {when}"
    return f"{lead} ({clock.why})"


def standing_line(view: ConcernView, today: date) -> str:
    """The one thing to know of an open concern: the clock that runs out first, else what is lacking first."""
    standing = view.standing
    if standing.clocks:
        return clock_line(standing.clocks[0], today)
    return standing.lacks[0] if standing.lacks else "Open: nothing is awaited"
