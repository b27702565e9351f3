"""What is in a bundle, as docs/bundle.md says: the manifest, the records and their words, the names of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sf_record.codes import CodeSets
from sf_record.description import Field, Kind, Shape
from sf_record.kinds import KINDS
from sf_record.record import Record

FORMAT = "strengthening-families-bundle"
VERSION = 1

MANIFEST, RECORDS, SCHEMA, READ_ME, PAPER = "manifest.json", "records.json", "schema.json", "read-me.txt", "file.pdf"
CONTENTS = "attachments/"

NOT_IN_IT = (
    "Who changed what before: each record is as it stood when the bundle was made; its history is at the council.",
    "What had been begun and not finished on the laptop.",
    "Who looked at the file.",
)
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "text/plain": "txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a bundle, and how it is proved."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a bundle is, who made it, and the proof of every other file in it."""

    format: str
    version: int
    made_at: str
    made_by: str
    council_id: str
    council_name: str
    family_id: str
    records: int
    attachments: int
    files: tuple[Part, ...]
    not_in_it: tuple[str, ...] = NOT_IN_IT


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Every record of the family file as it stood, and what the workers that they name are called."""

    family_id: str
    workers: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()


def content_name(record: Record) -> str:
    """Return the name of an attachment's content in a bundle: the record's id, never what somebody called it."""
    return f"{CONTENTS}{record.id}.{ENDINGS.get(str(record.body.get('media_type')), 'bin')}"


def schema(codes: CodeSets) -> dict[str, Any]:
    """Return what every kind and field in a bundle means, from the descriptions that the program itself works by."""
    sets = sorted({each.code_set for kind in KINDS.values() for each in _every(kind.fields) if each.code_set})
    return {
        "kinds": {name: _kind(kind) for name, kind in sorted(KINDS.items())},
        "code_sets": {name: {code.code: code.label for code in codes[name].codes.values()} for name in sets},
        "shapes": {shape.value: _SHAPES[shape] for shape in Shape if shape in _SHAPES},
    }


def read_me(manifest_at: str, council: str) -> str:
    """Return the few lines for whoever opens a bundle without the program."""
    left_out = "\n".join(f"- {each}" for each in NOT_IN_IT)
    return (
        "A family file of the Strengthening Families Service\n\n"
        f"Made on {manifest_at} from the records of {council or 'the council'}.\n"
        "This is personal information about a family, and nothing in this folder is encrypted. Keep it as you would\n"
        "keep the paper file, and destroy it when it has served its purpose.\n\n"
        f"{PAPER}         the whole file to read, as a PDF\n"
        f"{RECORDS}     every record as it stood, in JSON\n"
        f"{SCHEMA}      what each kind of record and each of its fields means, with the codes used\n"
        f"{CONTENTS}      photographs, letters and signatures, named by the id of their record\n"
        f"{MANIFEST}    what the bundle holds, with the SHA-256 of every file\n\n"
        f"Not in it:\n{left_out}\n"
    )


def _every(fields: tuple[Field, ...]) -> list[Field]:
    return [each for one in fields for each in (one, *_every(one.rows))]


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "label": kind.label,
        "plural": kind.plural,
        "purpose": kind.purpose,
        "lawful_basis": kind.basis.value,
        "is_signed_when_finished": kind.is_signable,
        "fields": {each.name: _field(each) for each in kind.fields},
    }


def _field(described: Field) -> dict[str, Any]:
    said: dict[str, Any] = {"label": described.label, "shape": described.shape.value}
    if described.code_set:
        said["code_set"] = described.code_set
    if described.choices:
        said["choices"] = dict(described.choices)
    if described.is_special_category:
        said["is_special_category"] = True
    if described.rows:
        said["rows"] = {each.name: _field(each) for each in described.rows}
    return said


_SHAPES = {
    Shape.TEXT: "one line",
    Shape.PROSE: "lines",
    Shape.CODE: "one code of the code set, or of the choices",
    Shape.CODES: "a list of codes",
    Shape.DATE: "2026-11-23",
    Shape.APPROXIMATE_DATE: "2026, 2026-11 or 2026-11-23",
    Shape.MOMENT: "2026-11-23T09:30:00.000000Z, in Greenwich’s time",
    Shape.YES_NO: "true or false",
    Shape.NUMBER: "a whole number",
    Shape.PERSON: "the id of a person record in this bundle",
    Shape.PEOPLE: "a list of such ids",
    Shape.WORKER: "the id of a worker; see workers in records.json",
    Shape.TEXTS: "a list of lines",
    Shape.ROWS: "a list of objects with the fields under rows",
}
