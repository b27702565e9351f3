"""What is said about opening, changing and closing a group."""

from __future__ import annotations

from collections.abc import Sequence

from sf_desktop.ops.families.closing import Closing
from sf_desktop.ops.families.group_files import GroupFile
from sf_record.configuration import WorkerName

INTRODUCTION = (
    "A group has a register of its own: a first name, an age group and what the group must know, and no more."
)
KEEPERS = (
    "A centre’s staff keep the register and see no family file. A practitioner puts people on it, and may keep it"
    " too. Each has the register on their laptop, with what the group must know: choose only who needs it."
)
CLOSING = (
    "The register leaves the laptops of the centre’s staff when they next reach the council; what they have not sent"
    " comes to you under To place. Nobody new is put on it. Who came is still read in the family files, and you can"
    " open it again."
)
NOT_YOU = ("A supervisor opens and changes groups", "Ask yours. Nothing is changed here.")
NOW_CLOSED = ("The group is closed", "It leaves the centre’s laptops when they next reach the council.")

_ROLES = {"centre": "Keeps registers at a centre", "practitioner": "Practitioner", "supervisor": "Supervisor"}
_SENT = "Saved on this laptop. Whoever you chose has it once your laptop and then theirs have reached the council."


def role(name: str) -> str:
    """Return what somebody is, as the list of people says it."""
    return _ROLES.get(name, "")


def heading(group: GroupFile | None) -> str:
    """Return what stands above the form."""
    if group is None:
        return "Open a new group"
    return "Open the group again" if group.closed_on else "Change the group"


def closed(group: GroupFile, people: Sequence[WorkerName]) -> tuple[str, str]:
    """Return what is said of a group that is closed: who kept it until then has to be chosen anew."""
    here = " here, not sent yet" if group.closing is Closing.CLOSED_HERE else ""
    names = " and ".join(each.name for each in people if each.id in group.kept_until)
    kept = f"Until then {names} kept it, and will not have it unless you choose them again. " if names else ""
    return f"This group is closed{here}", f"{kept}Choose who keeps its register, and open it again."


def saved(group: GroupFile | None) -> tuple[str, str]:
    """Return what is said once it is saved; `group` is how it stood before."""
    if group is None:
        return "The group is open", _SENT
    return ("The group is open again" if group.closed_on else "The group is changed"), _SENT
