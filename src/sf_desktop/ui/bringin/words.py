"""What bringing in says: what is coming, what is in the way, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sf_desktop.ops.bringing_in.bundles import BundleCheck
from sf_desktop.ops.caseload.columns import folded, sheets
from sf_desktop.ops.caseload.coming import Caseload, CellProblem
from sf_desktop.ui.attach.words import size_words
from sf_desktop.ui.kit.text.moments import count_words
from sf_record.errors import SfError
from sf_record.kinds import KINDS

INTRODUCTION = (
    "From a spreadsheet (the template, or a CSV), or a family file that was exported. Everything is checked and shown"
    " to you before anything is written."
)
NOT_YOU = (
    "Your supervisor brings families in: you can check the file for them",
    (
        "A new family file is opened, and allocated, by a supervisor. Here you can save the template, fill it in and"
        " check it. Nothing is written. Then hand your supervisor the file, and what was found in it."
    ),
)
HAND_OVER = "Hand it to your supervisor"
FOUND_SAVED = (
    "What was found is saved",
    "It names the cells and what is wrong with each, and nobody. Hand it over with the file.",
)
SUGGESTED_FOUND = "what-was-found.txt"
STOPPED = ("Stopped", "Nothing was brought in.")
CUT = {  # by what was under way when the window locked
    "checking": ("The window locked before anything was brought in", "Nothing was written. Choose the file again."),
    "bringing": (
        "The window locked while files were being brought in",
        "Either all of them are here or none: look under Families before you choose the file again.",
    ),
}
TEMPLATE_SAVED = (
    "The template is saved",
    (
        "It is empty. Once you have filled it in it holds personal information outside the encrypted laptop: keep it"
        " where only you can go, and delete it when the families are in."
    ),
)
SUGGESTED = "families-to-bring-in.xlsx"
MOST_SHOWN = 200
DELETE_IT = "Delete the file that you brought in, unless you have to keep it: it is not encrypted."


def families(caseload: Caseload) -> Iterator[tuple[str, str]]:
    """Yield each family that would come, with who is in it."""
    for each in caseload.families[:MOST_SHOWN]:
        yield each.name or "No name yet", ", ".join(each.people) or "Nobody"
    more = len(caseload.families) - MOST_SHOWN
    if more > 0:
        yield f"and {count_words(more, 'family', 'families')} more", ""


def of_caseload(caseload: Caseload) -> str:
    """Say what a workbook would bring, in a line."""
    told = [f"{len(caseload.families):,} family {'file' if len(caseload.families) == 1 else 'files'}"]
    told += [_of_kind(kind, count) for kind, count in caseload.counts]
    return ", ".join(told)


def bundle(check: BundleCheck) -> Iterator[tuple[str, str]]:
    """Yield what a bundle would bring."""
    yield check.family, check.address
    if check.people:
        yield "People", ", ".join(check.people)
    yield "Records", ", ".join(_of_kind(kind, count) for kind, count in check.counts)
    if check.attachments:
        size = size_words(check.size)
        yield "Photographs, letters and signatures", f"{check.attachments:,}, {size}"
    yield "Made by", ", ".join(part for part in (check.made_by, check.council, check.made_at[:10]) if part)
    if check.left_out:
        yield "Not brought in", "Who it was allocated to. Who may see it is decided here"
    yield "Who wrote and signed each record", "Stands in a note in the file: here, whoever brings it in is the author"


def problems(found: Sequence[CellProblem]) -> Iterator[tuple[str, str]]:
    """Yield each problem, as many as can be read."""
    for each in found[:MOST_SHOWN]:
        yield each.at, each.what
    more = len(found) - MOST_SHOWN
    if more > 0:
        yield f"and {more:,} more", "Mend these first, then choose the file again."


def problems_title(count: int) -> str:
    """Say how much is in the way."""
    return count_words(count, "thing to mend before it can be brought in", "things to mend before it can be brought in")


def hand_over(count: int) -> str:
    """Say what a practitioner can do with a file that was checked."""
    if count:
        return (
            "Mend what is listed below and check it again, or hand your supervisor the file with what was found. The"
            " file is not encrypted: hand it over the way your council allows, and delete your copy."
        )
    return (
        "Nothing is in the way. Your supervisor chooses Bring in under Families, and who works with them. The file is"
        " not encrypted: hand it over the way your council allows, and delete your copy when the families are in."
    )


def found_in(caseload: Caseload) -> str:
    """Return what was found in a spreadsheet, to be handed over with it: cells and what is wrong, and nobody's name."""
    lines = [f"What would be brought in: {of_caseload(caseload)}", ""]
    if caseload.problems:
        lines.append(f"To mend: {len(caseload.problems):,}")
        lines += [f"{_place_of(each)}: {each.what}" for each in caseload.problems]
    else:
        lines.append("Nothing is in the way.")
    if caseload.likenesses:
        count = count_words(len(caseload.likenesses), "person", "people")
        lines += ["", f"May be known already: {count}. They are shown by name when the file is checked."]
    return "\n".join([*lines, ""])


def _place_of(problem: CellProblem) -> str:
    """Return where a problem is; not what somebody called a sheet, which may be the name of a family."""
    sheet = problem.at.partition("!")[0]
    known = {folded(each.title) for each in sheets()}
    return problem.at if sheet in {"", "The first line"} or folded(sheet) in known else "A sheet of another name"


def done(families_: int) -> tuple[str, str]:
    """Say that it is done."""
    files = count_words(families_, "family file is", "family files are")
    goes = "They go to the council by themselves: the foot of the window says when everything is there."
    return f"{files} saved on this laptop", f"{goes} {DELETE_IT}"


def rest_follows(error: SfError) -> tuple[str, str]:
    """Say that some are in and the rest is not yet, and why."""
    return (
        "Not all family files are in yet",
        f"{error.title}. {error.advice} Do not bring the file in again: the rest follows when you next unlock.",
    )


def going_on(here: int, of: int) -> tuple[str, str]:
    """Say that what was coming in when the program ended comes in now."""
    return (
        "Bringing in goes on",
        f"{here:,} of {of:,} family files were in when the program ended. The rest comes in while you work.",
    )


def all_in(of: int) -> tuple[str, str]:
    """Say that it is at its end."""
    files = f"All {of:,} family files are saved on this laptop. They go when this laptop next reaches the council."
    return "Bringing in is done", f"{files} {DELETE_IT}"


def all_gone(of: int) -> tuple[str, str]:
    """Say that the council has all of it."""
    return "Bringing in is done", f"All {of:,} family files are with the council. {DELETE_IT}"


def _of_kind(kind: str, count: int) -> str:
    described = KINDS.get(kind)
    if described is None:
        return f"{count:,} of a kind that is not known"
    return f"{count:,} {(described.label if count == 1 else described.plural).lower()}"
