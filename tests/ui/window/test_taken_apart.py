"""A supervisor takes two records apart before a window; once that has gone, it says how they are read as one again."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QTextEdit

from tests.builders.towns import Town
from tests.together.test_merging import merge, two_people
from tests.ui.finding import named
from tests.ui.window.seats import Sit


def test_what_was_taken_apart_and_sent_is_said_anew_and_not_changed(town: Town, sit: Sit) -> None:
    supervisor = sit(town.loaded("supervisor"))
    family_id, one, other = two_people(supervisor.laptop)
    merge(supervisor.laptop, family_id, other, one)
    supervisor.go("family", family=family_id, tab="people")
    (apart,) = [
        each.accessibleName()
        for each in supervisor.window.findChildren(QAbstractButton)
        if each.accessibleName().startswith("Take the two records of") and each.isVisible()
    ]
    supervisor.press(apart)
    reason = named(supervisor.window, "How do you know that they are two people?", QTextEdit)
    supervisor.qtbot.keyClicks(reason, "They are cousins.")
    supervisor.press("Take them apart")
    supervisor.send()
    supervisor.press("Take it back")
    told = "\n".join(each.text() for each in supervisor.window.findChildren(QLabel) if each.isVisible())
    assert "This can no longer be undone" in told
    assert "change the record itself" not in told, "nobody may change what was taken apart"
    assert "press “Two records are of one person”" in told
    assert named(supervisor.window, "Two records are of one person", QAbstractButton).isEnabled()
