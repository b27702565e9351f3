"""Every place that the window has: each screen, each part of the family file, and a draft of every kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from sf_desktop.ops.attaching import attachments, intake
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household import people
from sf_desktop.ops.office import Office
from sf_desktop.ops.planning import early_help
from sf_desktop.ops.records import notes
from sf_desktop.ops.visiting import plans as plans_of_visits
from sf_desktop.ops.visiting import visits
from sf_desktop.store.tables import records
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.family.screen import FamilyScreen
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.help.screen import HelpScreen
from sf_desktop.ui.holding.screen import HoldingScreen
from sf_desktop.ui.kit.window.stack import GoTo, ScreenPlan
from sf_desktop.ui.main_window import MainWindow, WindowWords
from sf_desktop.ui.settings.preferences import Preferences
from sf_desktop.ui.settings.screen import SettingsScreen
from sf_record.kinds import KINDS
from tests.builders import quarrels
from tests.builders.desks import plans
from tests.builders.early_help import agree
from tests.builders.pictures import png

NEEDS = (
    "Wears glasses to read, and is calm with the {}. Letters come in large print. Mornings are hard: ring after ten. "
    "Likes to be asked before anybody looks into the rooms upstairs."
)
Do = Callable[..., Any]
DRAFTS = {"visit", "note", "person", "record", "concern"}  # screens that show drafts: those of every kind are stops
SHOWN_BELOW = DRAFTS | {"family"}  # each part of the family file is a stop
NEVER_DRAFTED = {"attachment"}  # held, described and added on its own screen


@dataclass(frozen=True, slots=True)
class Stop:
    """One place to look at. ``name`` is also its picture's; ``label`` says what is there."""

    name: str
    label: str
    screen: str
    subject: Mapping[str, Any] = field(default_factory=dict)
    tab: str = ""


def tour_window(desk: Desk, parent: QWidget | None = None) -> MainWindow:
    """Return the window with every screen that the program has, those of a supervisor among them."""
    more = (
        ScreenPlan("holding", "To place", "check", lambda: HoldingScreen(desk), "top"),
        ScreenPlan("settings", "Settings", "settings", lambda: SettingsScreen(Preferences()), "bottom", "screen_5"),
        ScreenPlan("help", "Help", "help", HelpScreen, "bottom"),
    )
    words = WindowWords(council="Pretend council", is_pretend=True)
    return MainWindow(desk, (*plans(desk), *more), words, parent=parent)


def stops(do: Do, family_ids: tuple[str, ...], window: MainWindow) -> Iterator[Stop]:
    """Yield every place, after putting into the first family file what is to be seen there."""
    family_id = family_ids[0]
    subjects = _subjects(do, family_id)
    for plan in (window.stack._plans[name] for name in window.stack._plans if name not in SHOWN_BELOW):
        yield Stop(plan.name, plan.label, plan.name, subjects.get(plan.name, {}))
    family = window.stack.bring("family")
    assert isinstance(family, FamilyScreen)
    for index, name in enumerate(family._names_of_tabs):
        label = f"Family file: {family.tabs.tabText(index)}"
        yield Stop(f"family-{name}", label, "family", {"family": family_id, "tab": name}, name)
    yield from _drafts(do, family_id)


def _subjects(do: Do, family_id: str) -> dict[str, dict[str, Any]]:
    held = do(attachments.attach, attachments.Target(family_id), intake.take(png(), "pretend.png")).record_id
    do(attachments.add, held)
    do(agree, family_id)
    begun = do(notes.start_note, family_id)
    do(drafting.save, begun.id, {**begun.body, "text": "Pretend words that were begun on the way back to the car."})
    thrown_away = do(notes.start_note, family_id)
    do(drafting.discard, thrown_away.id)
    quarrelled = do(_person_of, family_id)
    do(quarrels.both_change, quarrelled, {"needs": NEEDS.format("dog")}, {"needs": NEEDS.format("cat")})
    planned = do(plans_of_visits.plan_visit, family_id, "2030-06-04T09:30:00.000000Z", "Talk about school").record_id
    return {
        "plan": {"family": family_id},
        "move": {"family": family_id, "planned": planned},
        "allocation": {"family": family_id},
        "pack": {"family": family_id},
        "export": {"family": family_id},
        "notice": {"family": family_id},
        "signature": {"family": family_id},
        "search": {"text": "the"},
        "paper": {"paper": "record", "family": family_id, "about": quarrelled},
        "history": {"family": family_id, "record": quarrelled},
        "map": {"family": family_id, "map": "genogram"},
        "attachment": {"family": family_id, "attachment": held},
    }


def _person_of(office: Office, family_id: str) -> str:
    found = records.of_family(office.connection, family_id, ("person",))
    return next(each.id for each in found if each.body.get("given_name"))


def _drafts(do: Do, family_id: str) -> Iterator[Stop]:
    for name, kind in sorted(KINDS.items()):
        if name in NEVER_DRAFTED:
            continue
        if name == "visit":
            draft = do(visits.start_visit, family_id)
        elif name == "note":
            draft = do(notes.start_note, family_id)
        elif name == "assessment":
            draft = do(early_help.start_assessment, family_id)
        elif name == "person":
            draft = do(people.edit_person, do(people.people, family_id)[0].id)
        else:
            draft = do(drafting.begin, name, family_id, {})
        wish: GoTo = to_draft(draft)
        yield Stop(f"draft-{name}", f"Writing: {kind.label}", wish.screen, dict(wish.subject))
