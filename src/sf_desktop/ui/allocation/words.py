"""What is said about giving a family file to somebody, and about closing it."""

from __future__ import annotations

from sf_desktop.ops.families.allocating import Allocated
from sf_desktop.ops.families.closing import Closing

INTRODUCTION = "Whoever you choose has the family file once your laptop and then theirs have reached the council."
GOING = (
    "It leaves the laptop of whoever you take off once what they saved in it has been sent. What they had not sent"
    " comes to you under To place."
)
CLOSING = (
    "Nobody works with the family any more, and the file leaves every laptop, yours too. The council keeps it for as"
    " long as it must. Whoever looks after the council’s program can give it to somebody again. Why the help ended"
    " is signed before, in the file under Assessment: Close early help."
)
NOT_YOU = ("A supervisor decides who works with a family", "Ask yours. Nothing is changed here.")
SAVED = "It is decided who works with the family"
SAVED_HERE = "Saved on this laptop. It goes to the council when there is a signal."
AS_BEFORE = "Nothing was changed"
OPEN_AGAIN = (
    "The family file is open again",
    "Saved on this laptop. Whoever you chose has it once your laptop and then theirs have reached the council.",
)
CLOSED = ("The family file is closed", "It leaves this laptop once everything in it is sent.")
STANDS = {
    Closing.CLOSED: (
        "This file is closed, and still given to somebody",
        "Close it again, or ask whoever looks after the council’s program to open it. Saving here does not open it.",
    ),
    Closing.CLOSED_HERE: (
        "Closed here, not sent yet",
        "Nobody works with the family. Until it is sent you can choose somebody and save: then the file is open again.",
    ),
}

_ROLES = {"supervisor": "Supervisor"}


def role(name: str) -> str:
    """Return what somebody is, where that is worth saying."""
    return _ROLES.get(name, "")


def saved(seen: Allocated, lead: str, *, is_changed: bool) -> tuple[str, str]:
    """Say who is the lead practitioner now: whoever chose somebody sees whether it is they."""
    name = next((each.name for each in seen.people if each.id == lead), "")
    said = f"Lead practitioner: {name}"
    return (SAVED, f"{said}. {SAVED_HERE}") if is_changed else (AS_BEFORE, f"{said}, as before.")


def still(seen: Allocated) -> str:
    """Say what still goes on in a family whose file is to be closed, a line each; empty where nothing does."""
    lines = [_concerns(seen.open_concerns), *(f"{name} is still recorded: {status}." for name, status in seen.statuses)]
    return "\n".join(each for each in lines if each)


def _concerns(count: int) -> str:
    if not count:
        return ""
    return "A safeguarding concern is still open." if count == 1 else f"{count:,} safeguarding concerns are still open."
