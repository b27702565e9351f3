"""The people of a family file: household, children elsewhere, others; the family tree and the ecomap from here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.household.people import edit_person, start_person
from sf_desktop.ops.reading.merging import Together, people_together
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.form.records_card import RecordsCard
from sf_desktop.ui.kit.controls.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, row
from sf_desktop.ui.kit.layout.tagged import tagged
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import body, heading, muted, strong
from sf_desktop.ui.kit.window.filetab import FileTab
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.people.apart import TakingApart
from sf_desktop.ui.people.merges import APART, MergesCard
from sf_desktop.ui.people.relations import RelationsCard
from sf_desktop.ui.people.words import GroupWords, PersonWords, groups, twice_words
from sf_record.errors import SfError


class PeopleTab(FileTab):
    """Everybody in the file, and how they are related and connected."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self._shown: tuple[GroupWords, ...] | None = None
        self._list = PeopleList()
        self.add_button = secondary("Add a person")
        self.tree_button = secondary("Family tree", spoken="Show the family tree (genogram)")
        self.ecomap_button = secondary("Ecomap", spoken="Show the ecomap")
        self.relations = RelationsCard(desk)
        self.connections = RecordsCard(
            desk,
            "What they are connected with",
            ("connection",),
            nothing="Nothing is recorded yet: school, relatives, friends, services. The ecomap is drawn from it.",
            add="Add a connection",
        )
        self.merges, self.apart = MergesCard(desk), TakingApart(desk)
        self.twice = Banner()
        self.twice.hide()
        tools = wrapping(self.add_button, self.tree_button, self.ecomap_button)
        down = column(self, gap=GAP_M)
        for widget in (tools, self.twice, self.apart, self._list, self.relations, self.connections, self.merges):
            down.addWidget(widget)
        down.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._on_add)
        self.tree_button.clicked.connect(self._on_tree)
        self.ecomap_button.clicked.connect(self._on_ecomap)
        self._list.opened.connect(self._on_person)
        self._list.history_wanted.connect(self._on_history)
        self._list.apart_wanted.connect(self._on_apart)
        self.merges.apart_wanted.connect(self._on_apart)
        self.apart.adding.failed.connect(self.failed)
        for card in (self.relations, self.connections, self.merges):
            card.go.connect(self.go)
            card.failed.connect(self.failed)

    def show_family(self, family_id: str) -> None:
        if family_id != self._family_id:
            self._family_id, self._shown = family_id, None
            self.apart.forget()
        self._desk.ask(people_together, family_id, on_done=self._on_people, on_error=self._on_failed)

    def take_focus(self) -> None:
        self.add_button.setFocus()

    def leave(self) -> None:
        self.apart.adding.hand_over()

    @Slot(str)
    def _on_apart(self, merge_id: str) -> None:
        self.apart.ask(merge_id)

    @Slot(object)
    def _on_people(self, found: Together) -> None:
        names = {key: each.name for each in found.people for key in (each.id, *each.also)}
        self.relations.names = self.merges.names = names
        self.merges.setVisible(found.may_merge or any(each.also for each in found.people))
        self.merges.add_button.setVisible(found.may_merge)
        self.merges.may_part = found.may_merge
        self.twice.say(*twice_words(found.twice, may_merge=found.may_merge), announce=False)
        self.twice.setVisible(bool(found.twice))
        said = groups(found.people, found.merges if found.may_merge else {})
        if said != self._shown:
            self._shown = said
            self._list.show_groups(said)
        self.relations.show_family(self._family_id)
        self.connections.show_family(self._family_id)
        self.merges.show_family(self._family_id)

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        self.failed.emit(error)

    @Slot()
    def _on_add(self) -> None:
        self._desk.ask(start_person, self._family_id, on_done=self._on_draft, on_error=self._on_failed)

    @Slot(str)
    def _on_person(self, person_id: str) -> None:
        self._desk.ask(edit_person, person_id, on_done=self._on_draft, on_error=self._on_failed)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(str)
    def _on_history(self, person_id: str) -> None:
        self.go.emit(GoTo("history", {"family": self._family_id, "record": person_id}))

    @Slot()
    def _on_tree(self) -> None:
        self.go.emit(GoTo("map", {"family": self._family_id, "map": "genogram"}))

    @Slot()
    def _on_ecomap(self) -> None:
        self.go.emit(GoTo("map", {"family": self._family_id, "map": "ecomap"}))


class PeopleList(QWidget):
    """A card for each person, by group. `opened(str)` asks for one, `history_wanted(str)` for what ever stood there.

    `apart_wanted(str)` names the merge by which somebody is read as one.
    """

    opened = Signal(str)
    history_wanted = Signal(str)
    apart_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[Button, str] = {}
        self._down = column(self, gap=GAP_M)

    def show_groups(self, found: Sequence[GroupWords]) -> None:
        """Show these, in this order."""
        self._ids = {}
        clear(self._down)
        if not found:
            card = Card()
            card.layout_.addWidget(
                EmptyState("Nobody is in this file yet", "Add the child first, then who cares for the child.")
            )
            self._down.addWidget(card)
        for group in found:
            self._down.addWidget(strong(group.label))
            for person in group.people:
                self._down.addWidget(self._card(person))

    def _card(self, person: PersonWords) -> Card:
        card = Card()
        card.setAccessibleName(f"{person.name}, {person.about}")
        words = QWidget()
        down = column(words, gap=GAP_XS)
        down.addWidget(tagged(heading(person.name), tags=person.tags))
        if person.about:
            down.addWidget(muted(person.about))
        for line in person.lines:
            down.addWidget(body(line))
        change = quiet("Open", spoken=f"Open {person.name}")
        change.clicked.connect(self._on_open)
        past = quiet("History", spoken=f"History of {person.name}")
        past.clicked.connect(self._on_history)
        self._ids |= {change: person.id, past: person.id}
        others = [*self._of_others(person)]
        buttons = QWidget()
        across = row(buttons, gap=GAP_S)
        across.addWidget(change)
        across.addWidget(past)
        for button in others:
            across.addWidget(button)
        across.addStretch(1)
        card.layout_.addWidget(Beside(words, buttons, room_chars=60, at_top=True))
        return card

    def _of_others(self, person: PersonWords) -> Iterator[Button]:
        """What there is to do with the other records of somebody who was recorded twice."""
        for other in person.also:
            past = quiet("Other record", spoken=f"History of the other record of {person.name}")
            past.clicked.connect(self._on_history)
            self._ids[past] = other
            yield past
        for merge in dict.fromkeys(person.merges):
            apart = quiet(APART, spoken=f"Take the two records of {person.name} apart")
            apart.clicked.connect(self._on_apart)
            self._ids[apart] = merge
            yield apart

    @Slot()
    def _on_apart(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.apart_wanted.emit(self._ids[sender])

    @Slot()
    def _on_open(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.opened.emit(self._ids[sender])

    @Slot()
    def _on_history(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.history_wanted.emit(self._ids[sender])
