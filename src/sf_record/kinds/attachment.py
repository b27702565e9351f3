"""An attachment: what a photograph, scan, letter or signature is, and by which hash its content is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

SORTS = (
    ("photograph", "Photograph"),
    ("scan", "Scan"),
    ("letter", "Letter"),
    ("drawing", "Child’s drawing or writing"),
    ("signature", "Signature"),
    ("other", "Something else"),
)
DRAWN = "drawn"
SIGNED_HOW = (
    (DRAWN, "Drawn on this screen"),
    ("paper", "Signed on paper"),
    ("spoken", "Agreed aloud, with a witness"),
)
MEDIA_TYPES = ("image/jpeg", "image/png", "application/pdf", "text/plain", "image/heic")
WITHOUT_CONTENT = frozenset({"paper", "spoken"})
_SHA256 = re.compile(r"[0-9a-f]{64}")


@kind(
    "attachment",
    "Attachment",
    "Attachments",
    basis=Basis.PUBLIC_TASK,
    purpose="To keep what was seen, sent or signed as it was, where words would not do",
    happened="taken_at",
    groups=(
        Group("what", "What it is"),
        Group("signature", "Signature"),
        Group("file", "The file", "Found out by the program"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Attachment:
    """The content lies apart, known by its SHA-256; a signature on paper or agreed aloud has none."""

    caption: str = described("Title", Shape.TEXT, group="what", is_required=True, is_searchable=True)
    sort: str = described("What it is", Shape.CODE, group="what", choices=SORTS, is_required=True)
    about_record: str = described("Belongs to", Shape.TEXT, group="what", hint="The id of the visit or note")
    about: tuple[str, ...] = described("Who is in it", Shape.PEOPLE, group="what")
    taken_at: str | None = described("Taken or received", Shape.MOMENT, group="what", is_required=True)
    source: str = described("Where it came from", Shape.TEXT, group="what")
    signed_how: str = described("How it was signed", Shape.CODE, group="signature", choices=SIGNED_HOW)
    signed_by: str = described("Who signed", Shape.TEXT, group="signature", is_searchable=True)
    signed_for: str = described("What for", Shape.TEXT, group="signature")
    witness: str = described("Witness", Shape.TEXT, group="signature")
    media_type: str = described(
        "Kind of file", Shape.CODE, group="file", choices=tuple((each, each) for each in MEDIA_TYPES)
    )
    size: int | None = described("Bytes", Shape.NUMBER, group="file")
    sha256: str = described("SHA-256 of the content", Shape.TEXT, group="file")
    has_place: bool | None = described("Says where it was taken", Shape.YES_NO, group="file")
    kept_closed: str = described("Why it is not shown", Shape.TEXT, group="file")

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if self.sort == "signature":
            if not self.signed_by:
                yield FieldProblem("signed_by", "Who signed: enter a name")
            if not self.signed_how:
                yield FieldProblem("signed_how", "How it was signed: choose one")
            if self.signed_how == "spoken" and not self.witness:
                yield FieldProblem("witness", "Witness: enter who heard it")
        if self.has_content and (not _SHA256.fullmatch(self.sha256) or not self.media_type or not self.size):
            yield FieldProblem("sha256", "The file: its content is not known")

    @property
    def has_content(self) -> bool:
        """Say whether a file belongs to it."""
        return not (self.sort == "signature" and self.signed_how in WITHOUT_CONTENT)

    def title(self) -> str:
        """Return what a timeline shows."""
        return self.caption or dict(SORTS).get(self.sort, "Attachment")

    def summary(self) -> str:
        """Return the line beneath it."""
        return ", ".join(part for part in (dict(SORTS).get(self.sort, ""), self.signed_by) if part)
