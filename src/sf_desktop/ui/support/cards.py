"""The cards of support: referrals with the days they wait, services attended, and support given with its total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot

from sf_desktop.ops.moments import day_words
from sf_desktop.ops.records.recording import Listed, Listing
from sf_desktop.ops.records.support import start_support, total_words
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.records_card import RecordsCard, joined, unsent, when
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.listcard import ListRow
from sf_desktop.ui.kit.text.labels import body
from sf_desktop.ui.kit.text.moments import in_sentence
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record import body as bodies
from sf_record.deadlines.waiting import days_words
from sf_record.kinds.onward_referral import ANSWERS
from sf_record.kinds.support import SORTS, long_words

if TYPE_CHECKING:
    from sf_record.kinds.activity_place import ActivityPlace
    from sf_record.kinds.onward_referral import OnwardReferral
    from sf_record.kinds.service import Service
    from sf_record.kinds.support import Support


class ActivitiesCard(RecordsCard):
    """Places on activities, those that hold first, each with how often the person came."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Activities", ("activity_place", "attendance"), nothing="Nobody has a place on an activity.",
            add="Give a place on an activity",
        )  # fmt: skip
        self.register_button = secondary("Keep a register")
        self.register_button.clicked.connect(self._on_register)
        self.layout_.addWidget(self.register_button)

    @Slot()
    def _on_register(self) -> None:
        self.go.emit(GoTo("register", {}))

    def order(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        places = [each for each in rows if each.kind == "activity_place"]
        return [*(e for e in places if not e.body.get("until")), *(e for e in places if e.body.get("until"))]

    def row(self, each: Listed, today: date) -> ListRow:
        place = cast("ActivityPlace", bodies.read(each.kind, each.body))
        labels = dict(self.listing.lists.get("activities", ())) if self.listing else {}
        who = self.listing.named((place.person or "",)) if self.listing else ""
        since = f"since {_said(each.happened_at, today)}"
        until = f"until {_said(place.until, today)}" if place.until else ""
        parts = (labels.get(place.activity, place.activity), self._came(place, today), since, until, unsent(each))
        action, target = ("Open", "record") if place.until else ("Change or end it", "change")
        return ListRow(who or "Somebody", joined(parts), action, f"{target}:{each.id}")

    def _came(self, place: ActivityPlace, today: date) -> str:
        """Say how often somebody came, of the registers on which they were marked."""
        kept = [
            each
            for each in (self.listing.rows if self.listing else ())
            if each.kind == "attendance" and each.body.get("activity") == place.activity
        ]
        came, away = (
            {str(each.happened_at) for each in kept if place.person in (each.body.get(name) or ())}
            for name in ("came", "away")
        )
        if not came and not away:
            return "not marked on a register yet"
        last = f", last {_said(max(came), today)}" if came else ""
        return f"came {len(came)} of {len(came | away)} times{last}"


class ReferralsCard(RecordsCard):
    """Those that wait first, the longest waiting at the top, then those that were answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Onward referrals", ("onward_referral",), nothing="The family was not referred to anybody.",
            add="Add a referral",
        )  # fmt: skip

    def order(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        waiting = [each for each in rows if _referral(each).is_waiting]
        return [*reversed(waiting), *(each for each in rows if not _referral(each).is_waiting)]

    def row(self, each: Listed, today: date) -> ListRow:
        referral = _referral(each)
        waited = referral.waited(today)
        if referral.is_waiting:
            state = "waiting for an answer" + (f", {days_words(waited)}" if waited else "")
        else:
            after = f"after {days_words(waited)}" if waited else "the same day"
            state = f"{dict(ANSWERS).get(referral.answer, '').lower()} {after}"
        begins = f"help begins {day_words(referral.begins_on, today)}" if referral.begins_on else ""
        sent = f"sent {_said(each.happened_at, today)}"
        parts = (state, referral.what_for, _for(self.listing, referral.about), sent, begins, unsent(each))
        action, target = ("Record the answer", "answer") if referral.is_waiting else ("Open", "record")
        return ListRow(referral.to_whom, joined(parts), action, f"{target}:{each.id}")


class ServicesCard(RecordsCard):
    """Those still attended first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Services attended", ("service",), nothing="No service is recorded.", add="Add a service"
        )  # fmt: skip

    def order(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        today = self.listing.today.isoformat() if self.listing is not None else ""
        return sorted(rows, key=lambda each: not _service(each).is_open_on(today))

    def row(self, each: Listed, today: date) -> ListRow:
        service = _service(each)
        until = f"until {_said(service.until, today)}" if service.until else ""
        since = f"since {_said(each.happened_at, today)}"
        who = _for(self.listing, service.who)
        parts = (service.provider, who, since, until, service.how_often, service.helped.split("\n")[0], unsent(each))
        action, target = ("Change or end it", "change") if service.is_open_on(today.isoformat()) else ("Open", "record")
        return ListRow(service.what, joined(parts), action, f"{target}:{each.id}")


class SupportCard(RecordsCard):
    """Every piece of support, and what all of it came to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "Support given", ("support",), nothing="No support is recorded.", add="Add support given"
        )  # fmt: skip
        self.total = body()
        self.layout_.insertWidget(1, self.total)
        self.total.hide()
        self.shown.connect(self._on_shown)

    def row(self, each: Listed, today: date) -> ListRow:
        support = _support(each)
        listing = self.listing
        bands = dict(listing.lists.get("cost_bands", ())) if listing else {}
        parts = (
            when(each.happened_at, today), dict(SORTS).get(support.sort, ""), long_words(support.minutes),
            _for(listing, support.for_whom), support.by_somebody_else, bands.get(support.cost_band, support.cost_band),
            unsent(each),
        )  # fmt: skip
        return ListRow(support.what, joined(parts), "Open", f"record:{each.id}")

    @Slot(object)
    def _on_shown(self, listing: Listing) -> None:
        words = total_words((each.body for each in listing.rows), dict(listing.lists.get("cost_bands", ())))
        self.total.setText(words)
        self.total.setVisible(bool(words))

    @Slot()
    def _on_add(self) -> None:
        self._desk.ask(start_support, self._family_id, on_done=self._on_draft, on_error=self._on_failed)


def _referral(each: Listed) -> OnwardReferral:
    return cast("OnwardReferral", bodies.read(each.kind, each.body))


def _service(each: Listed) -> Service:
    return cast("Service", bodies.read(each.kind, each.body))


def _support(each: Listed) -> Support:
    return cast("Support", bodies.read(each.kind, each.body))


def _said(text: str | None, today: date) -> str:
    """Say a day within a line."""
    return in_sentence(when(text or "", today))


def _for(listing: Listing | None, people: Sequence[str]) -> str:
    names = listing.named(people) if listing else ""
    return f"for {names}" if names else ""
