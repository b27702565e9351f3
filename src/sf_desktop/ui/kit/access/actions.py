"""The one registry of shortcuts, from which key bindings, menus and the sheet of shortcuts are made."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Something that can be done with keys: the first of `keys` is the one that is shown."""

    id: str
    label: str
    group: str
    keys: tuple[str, ...]


ANYWHERE, WRITING, MOVING = "Anywhere", "Writing", "Moving about"

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("search", "Search families, people and notes", ANYWHERE, ("Ctrl+K",)),
    Shortcut("concern", "Record a safeguarding concern", ANYWHERE, ("Ctrl+Shift+C",)),
    Shortcut("lock", "Lock this program", ANYWHERE, ("Ctrl+L",)),
    Shortcut("help", "Show this sheet of shortcuts", ANYWHERE, ("F1", "Ctrl+/")),
    Shortcut("find", "Find in the family file, the answer or the help that is shown", ANYWHERE, ("Ctrl+F",)),
    Shortcut("back", "Back to where you were", ANYWHERE, ("Esc", "Alt+Left")),
    Shortcut("hide", "Hide everything at once, and lock", ANYWHERE, ("Ctrl+Shift+H",)),
    Shortcut("screen_1", "Today", MOVING, ("Ctrl+1",)),
    Shortcut("screen_2", "Families", MOVING, ("Ctrl+2",)),
    Shortcut("screen_3", "Needs you", MOVING, ("Ctrl+3",)),
    Shortcut("screen_4", "Sending", MOVING, ("Ctrl+4",)),
    Shortcut("screen_5", "Settings", MOVING, ("Ctrl+5",)),
    Shortcut("ready", "Ready for tomorrow", MOVING, ("Ctrl+6",)),
    Shortcut("looks", "What I have looked at", MOVING, ("Ctrl+7",)),
    Shortcut("laptop", "What is on this laptop", MOVING, ("Ctrl+8",)),
    Shortcut("drafts", "Drafts: what is not finished", MOVING, ("Ctrl+9",)),
    Shortcut("register", "Registers of activities", MOVING, ("Ctrl+0",)),
    Shortcut("sort", "Sort the list by its next heading, and the other way round", ANYWHERE, ("F3",)),
    Shortcut("new_note", "New note", WRITING, ("Ctrl+N",)),
    Shortcut("start_visit", "Start a visit to the family shown", WRITING, ("Ctrl+Shift+V",)),
    Shortcut("sign", "Check and sign", WRITING, ("Ctrl+Return", "Ctrl+Enter")),
    Shortcut("finish_later", "Finish later: it is already saved", WRITING, ("Ctrl+S",)),
    Shortcut("read_back", "Read a note or visit back to the family, in large letters", WRITING, ("F8",)),
    Shortcut("print", "Print what is shown", ANYWHERE, ("Ctrl+P",)),
    # Qt's own text boxes do these two; they are known so that nothing else takes their keys.
    Shortcut("undo", "Undo", WRITING, ("Ctrl+Z",)),
    Shortcut("redo", "Redo", WRITING, ("Ctrl+Shift+Z", "Ctrl+Y")),
    Shortcut("insert_phrase", "Insert a phrase where you write", WRITING, ("Ctrl+;",)),
    Shortcut("phrases", "Templates and phrases", WRITING, ("Ctrl+Shift+P",)),
    Shortcut("next_section", "Next part of the form", WRITING, ("Ctrl+PgDown",)),
    Shortcut("previous_section", "Previous part of the form", WRITING, ("Ctrl+PgUp",)),
)
# What they do is done in a family's file.
OF_FAMILIES = frozenset(
    {
        "search", "concern", "new_note", "start_visit", "finish_later", "read_back", "print",
        "insert_phrase", "phrases", "next_section", "previous_section",
    }
)  # fmt: skip
_BY_ID = {each.id: each for each in SHORTCUTS}


def shortcut(identity: str) -> Shortcut:
    """The shortcut of this id; KeyError if the registry does not know it."""
    return _BY_ID[identity]


def key_words(identity: str) -> str:
    """The keys as this machine writes them."""
    return QKeySequence(shortcut(identity).keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def bind(identity: str, owner: QWidget, slot: Callable[[], None]) -> QAction:
    """Make the action of a registered shortcut on `owner`; `slot` is a bound, decorated method of a QObject."""
    known = shortcut(identity)
    action = QAction(known.label, owner)
    action.setObjectName(f"action-{identity}")
    action.setShortcuts([QKeySequence(keys) for keys in known.keys])
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(slot)
    owner.addAction(action)
    return action


def idle_keys(screens: Collection[str]) -> frozenset[str]:
    """The shortcuts that lead nowhere in a window without families, whose screens have these shortcuts."""
    return OF_FAMILIES | {each.id for each in SHORTCUTS if each.group == MOVING and each.id not in screens}


def groups(idle: frozenset[str] = frozenset()) -> dict[str, list[Shortcut]]:
    """The shortcuts by group in the order of the registry, for the sheet: all but hiding and what is idle."""
    hidden = idle | {"hide"}
    made: dict[str, list[Shortcut]] = {}
    for each in SHORTCUTS:
        if each.id not in hidden:
            made.setdefault(each.group, []).append(each)
    return made
