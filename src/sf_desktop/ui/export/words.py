"""What the export says: what is in it, what is missing, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sf_desktop.ops.bundle.exporting import Readiness
from sf_desktop.ui.attach.words import size_words
from sf_desktop.ui.kit.text.moments import count_words

SUGGESTED = "family-file.zip"  # no name of a family: file names are seen by many
WARNING = (
    "It leaves the encrypted laptop",
    (
        "Whoever opens the file can read everything in it: it has no password. Save it where only you can go, use it"
        " for what you need it for, and delete it afterwards. That you exported it, and when, is recorded."
    ),
)
STOPPED = ("Stopped", "Nothing was left behind where it was being written.")
FETCHING = (
    "What is missing is on its way",
    "It is asked for now; without a signal it comes as soon as there is one. This page says when it is all here.",
)
FETCHED = ("What was missing is here", "The file can be exported now.")


def done(path: str) -> tuple[str, str]:
    """Say that it is written, and where: on the screen only."""
    file = Path(path)
    where = f"{file.name}, in {file.parent.name or file.parent}"
    return (
        "The family file is exported",
        f"It is {where}. It is whole, and nothing else was left behind. Delete it when it has done its work.",
    )


def holds(ready: Readiness) -> Iterator[tuple[str, str]]:
    """Yield what would be in it, each with a line more."""
    yield count_words(ready.records, "record", "records"), "Each as it stands now, with who wrote and signed it"
    size = f"{size_words(ready.size)}, as they are" if ready.attachments else "There are none"
    many = "photographs, letters and signatures" if ready.attachments else "photographs, letters or signatures"
    yield count_words(ready.attachments, "photograph, letter or signature", many), size
    yield "The whole file as a PDF", "To read without this program"
    if ready.waiting:
        yield count_words(ready.waiting, "change waits to be sent", "changes wait to be sent"), "They are in it as well"
    if ready.drafts:
        yield (
            count_words(ready.drafts, "draft is not in it", "drafts are not in it"),
            "Finish them first if they belong in it",
        )


def missing(ready: Readiness) -> str:
    """Say what keeps the file from being exported."""
    if not ready.is_complete:
        return "This file is still coming from the council. It can be exported once it is complete."
    told = count_words(len(ready.missing), "photograph or letter is", "photographs or letters are")
    return f"{told} at the council only. A file is exported whole or not at all."
