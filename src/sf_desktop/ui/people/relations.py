"""The relationships of a family file in a card: who is what of whom, how they get on, since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sf_desktop.ops.records.recording import Listed
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.records_card import RecordsCard
from sf_desktop.ui.kit.layout.listcard import ListRow
from sf_desktop.ui.kit.text.statuses import date_words
from sf_record.kinds.relationship import PARTINGS, PARTNERSHIPS, QUALITIES, TWINS, TYPES

_SOMEBODY = "Somebody who is not in this family file"
_SAID = (("partnership", PARTNERSHIPS), ("parting", PARTINGS), ("twin", TWINS), ("quality", QUALITIES))


class RelationsCard(RecordsCard):
    """Lists them as sentences; `names` are the people's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "How they are related",
            ("relationship",),
            nothing="Nothing is recorded yet. Add who is whose parent first: the family tree is drawn from it.",
            add="Add a relationship",
        )
        self.names: Mapping[str, str] = {}

    def row(self, each: Listed, _today: date) -> ListRow:
        body = each.body
        one, other = (self.names.get(str(body.get(side)), _SOMEBODY) for side in ("person", "to_person"))
        words = dict(TYPES).get(str(body.get("type")), "Related to")
        under = [dict(choices)[code] for name, choices in _SAID if (code := str(body.get(name) or "")) in dict(choices)]
        # Of harm it is said who did it to whom.
        under = [each.replace("the second person", other).replace("the first", one) for each in under]
        under += ["parental responsibility"] if body.get("has_parental_responsibility") else []
        under += [f"since {date_words(str(body['began_on']))}"] if body.get("began_on") else []
        under += [f"until {date_words(str(body['ended_on']))}"] if body.get("ended_on") else []
        under += ["not with the council yet"] if each.is_waiting else []
        lead = f"{one}: {words[:1].lower()}{words[1:]} {other}"
        return ListRow(lead, " · ".join(under), "Open", f"record:{each.id}")
