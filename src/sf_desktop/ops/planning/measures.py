"""The scores of licensed tools: each child's SDQ with its bands, each person's Family Star Plus; never their items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sf_desktop.ops import looks
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office
from sf_desktop.resources import sdq_bands
from sf_record import body as bodies
from sf_record.kinds import KINDS
from sf_record.kinds.family_star import AREAS, FamilyStar
from sf_record.kinds.sdq_score import FORMS, SCALES, SdqScore
from sf_record.progress import Point, Series, in_order
from sf_record.record import Record
from sf_record.sdq import band_of

MOST_TOTAL = 40


@dataclass(frozen=True, slots=True)
class SdqView:
    """One child's forms of one sort: the totals over time, what the latest says, and forms that never came."""

    child: str
    form: str
    totals: Series
    latest: tuple[str, ...]  # "Emotional: 6, high (band not verified)"
    latest_on: str


@dataclass(frozen=True, slots=True)
class NoForm:
    """A form that was to be had and was not, with the reason's label."""

    child: str
    on: str
    reason: str


@dataclass(frozen=True, slots=True)
class StarView:
    """One person's readings: each area from its first to its latest."""

    person: str
    areas: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """What licensed tools say of a family."""

    sdqs: tuple[SdqView, ...]
    no_forms: tuple[NoForm, ...]
    stars: tuple[StarView, ...]


def measures_of(
    office: Office, family_id: str, sdqs: list[Record], stars: list[Record], names: Mapping[str, str]
) -> Measures:
    """Return them in words, the records being oldest first; the latest of each that is shown leaves a look."""
    for shown in _latest(sdqs, "child") + _latest(stars, "whose"):
        looks.record(office, Look.RECORD_OPENED, family_id, shown.id, code="scores")
    forms = [cast("SdqScore", bodies.read("sdq_score", each.body)) for each in sdqs]
    reasons = office.codes["sdq_reason"]
    return Measures(
        tuple(_sdqs(forms, names)),
        tuple(
            NoForm(_name(each.child, names), str(each.measured_on), reasons.label(each.reason))
            for each in reversed(forms)
            if each.reason
        ),
        tuple(_stars(stars, names)),
    )


def _latest(found: list[Record], whose: str) -> list[Record]:
    return list({str(each.body.get(whose)): each for each in found}.values())


def _sdqs(forms: list[SdqScore], names: Mapping[str, str]) -> list[SdqView]:
    by_form: dict[tuple[str, str], list[SdqScore]] = {}
    for each in forms:
        if each.form and each.scores():
            by_form.setdefault((each.child or "", each.form), []).append(each)
    return [_sdq(child, form, sorted(its, key=_measured), names) for (child, form), its in by_form.items()]


def _measured(form: SdqScore) -> str:
    return str(form.measured_on)


def _sdq(child: str, form: str, its: list[SdqScore], names: Mapping[str, str]) -> SdqView:
    totals = [Point(str(each.measured_on), each.total) for each in its if each.total is not None]
    label = f"{_name(child, names)}: total difficulties, {dict(FORMS)[form].lower()}"
    latest = its[-1]
    words = tuple(_scored(form, scale, score) for scale, score in latest.scores().items())
    return SdqView(
        _name(child, names),
        dict(FORMS)[form],
        Series(label, in_order(totals), most=MOST_TOTAL, is_high_good=False),
        words,
        str(latest.measured_on),
    )


def _scored(form: str, scale: str, score: int) -> str:
    assert scale in SCALES, "a scale of the form"
    band = band_of(sdq_bands(), form, scale, score)
    label = KINDS["sdq_score"].by_name[scale].label
    return f"{label}: {score}, {band.words if band else 'no band known'}"


def _stars(found: list[Record], names: Mapping[str, str]) -> list[StarView]:
    by_person: dict[str, list[FamilyStar]] = {}
    for each in found:
        star = cast("FamilyStar", bodies.read("family_star", each.body))
        by_person.setdefault(star.whose or "", []).append(star)
    return [
        StarView(_name(person, names), tuple(area for each in AREAS if (area := _area(each, stars)).points))
        for person, stars in by_person.items()
    ]


def _area(area: str, stars: list[FamilyStar]) -> Series:
    read = [Point(str(each.read_on), each.readings()[area]) for each in stars if area in each.readings()]
    return Series(KINDS["family_star"].by_name[area].label, in_order(read), least=1)


def _name(person: str | None, names: Mapping[str, str]) -> str:
    return names.get(person or "", "Somebody who is not in this family file")
