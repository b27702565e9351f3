"""The cards of agencies: who works with the family, what is outstanding and for how long, what came and what left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from sf_desktop.ops.moments import day_words
from sf_desktop.ops.records.recording import Listed, Listing
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.records_card import RecordsCard, joined, unsent, when
from sf_desktop.ui.kit.layout.listcard import ListRow
from sf_record import body as bodies
from sf_record.deadlines.waiting import days_words
from sf_record.kinds.information_request import DIRECTIONS
from sf_record.kinds.information_shared import SOUGHT
from sf_record.powers import POWERS

if TYPE_CHECKING:
    from sf_record.kinds.information_received import InformationReceived
    from sf_record.kinds.information_request import InformationRequest
    from sf_record.kinds.information_shared import InformationShared
    from sf_record.kinds.professional import Professional


class ProfessionalsCard(RecordsCard):
    """Those who work with the family now first, the lead professional at the top."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Professionals around the family", ("professional",), nothing="Nobody is recorded.",
            add="Add a professional",
        )  # fmt: skip

    def order(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        today = self.listing.today.isoformat() if self.listing is not None else ""
        return sorted(rows, key=lambda each: _standing(each, today))

    def row(self, each: Listed, today: date) -> ListRow:
        known = _professional(each)
        lead = "lead professional" if known.is_lead and known.is_open_on(today.isoformat()) else ""
        since = f"since {day_words(known.since, today)}" if known.since else ""
        until = f"until {day_words(known.until, today)}" if known.until else ""
        parts = (
            lead, known.role, known.agency, known.phone, known.email, known.hours,
            _with(self.listing, known.works_with), since, until, unsent(each),
        )  # fmt: skip
        return ListRow(known.name, joined(parts), "Change", f"change:{each.id}")


class RequestsCard(RecordsCard):
    """Those outstanding first, the oldest at the top, with their days."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Requests for information", ("information_request",), nothing="Nothing was asked for.",
            add="Add a request",
        )  # fmt: skip

    def order(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        open_ones = [each for each in rows if _request(each).is_open]
        return [*reversed(open_ones), *(each for each in rows if not _request(each).is_open)]

    def row(self, each: Listed, today: date) -> ListRow:
        request = _request(each)
        waited = request.waited(today)
        days = days_words(waited)
        late = "late" if request.is_late(today) else ""
        if request.is_open:
            state = f"outstanding for {days}" if waited else "asked today"
        else:
            state = f"answered after {days}" if waited else "answered the same day"
        due = f"wanted by {day_words(request.due_on, today)}" if request.due_on and request.is_open else ""
        parts = (
            state, late, due, dict(DIRECTIONS).get(request.direction, "").lower(), request.what.split("\n")[0],
            _with(self.listing, request.about, "about"), unsent(each),
        )  # fmt: skip
        action, target = ("Record the answer", "answer") if request.is_open else ("Open", "record")
        return ListRow(each.title, joined(parts), action, f"{target}:{each.id}")


class ReceivedCard(RecordsCard):
    """What agencies told us, with the power and the reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Information received", ("information_received",), nothing="No agency has told us anything.",
            add="Add information received",
        )  # fmt: skip

    def row(self, each: Listed, today: date) -> ListRow:
        told = cast("InformationReceived", bodies.read(each.kind, each.body))
        power = told.other_power or dict(POWERS).get(told.power, "")
        confidence = "in confidence" if told.in_confidence else ""
        about = _with(self.listing, told.about, "about")
        parts = (when(each.happened_at, today), told.reason, power, about, confidence, unsent(each))
        return ListRow(told.agency, joined(parts), "Open", f"record:{each.id}")


class SharedCard(RecordsCard):
    """What was decided about sharing: what left, what was refused, and what the family said to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Information shared or refused", ("information_shared",), nothing="Nothing was shared or refused.",
            add="Decide about sharing",
        )  # fmt: skip

    def row(self, each: Listed, today: date) -> ListRow:
        decision = cast("InformationShared", bodies.read(each.kind, each.body))
        power = decision.other_power or dict(POWERS).get(decision.power, "")
        agreed = f"agreement {dict(SOUGHT).get(decision.sought, '').lower()}" if decision.sought else ""
        state = "signed" if each.is_signed else "not signed yet"
        what = decision.what.split("\n")[0]
        parts = (when(each.happened_at, today), what, power, agreed, each.author, state, unsent(each))
        return ListRow(each.title, joined(parts), "Open", f"record:{each.id}")


def _standing(each: Listed, today: str) -> tuple[bool, bool, str]:
    known = _professional(each)
    return not known.is_open_on(today), not known.is_lead, known.name.casefold()


def _professional(each: Listed) -> Professional:
    return cast("Professional", bodies.read(each.kind, each.body))


def _request(each: Listed) -> InformationRequest:
    return cast("InformationRequest", bodies.read(each.kind, each.body))


def _with(listing: Listing | None, people: Sequence[str], how: str = "with") -> str:
    names = listing.named(people) if listing else ""
    return f"{how} {names}" if names else ""
