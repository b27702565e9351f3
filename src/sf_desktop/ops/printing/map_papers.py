"""The papers of the genogram and of the ecomap: the map, and everything it shows in words."""

from __future__ import annotations

import dataclasses

from sf_desktop.ops.household.maps import ECOMAP, GENOGRAM, TITLES, drawing
from sf_desktop.ops.office import Office
from sf_desktop.papers.paper import Paper, Section
from sf_record.maps.genogram import NOT_EVERYBODY
from sf_record.maps.sheets import spread
from sf_record.maps.svg import svg

HIDE = "hide_restricted"  # what the paper is about, where restricted people are to be left out
_FONT = "Noto Sans"
_PIECE = 16  # a text is prepared for print word by word; a drawing must arrive as it is, so it travels in small pieces


def genogram_paper(office: Office, family_id: str, about: str) -> Paper:
    """Return the paper of the genogram; InputError where the file is not here."""
    return _paper(office, family_id, GENOGRAM, about)


def ecomap_paper(office: Office, family_id: str, about: str) -> Paper:
    """Return the paper of the ecomap; InputError where the file is not here."""
    return _paper(office, family_id, ECOMAP, about)


def _paper(office: Office, family_id: str, name: str, about: str) -> Paper:
    picture = drawing(office, family_id, name, hide_restricted=about == HIDE).picture
    drawn = svg(picture, _FONT)
    return Paper(
        title=TITLES[name],
        heading=picture.title,
        under=tuple(each for each in picture.lines if each == NOT_EVERYBODY),
        template="map",
        sections=(Section("The same in words", items=picture.lines),),
        more={
            "svg": [drawn[at : at + _PIECE] for at in range(0, len(drawn), _PIECE)],
            "size": picture.size,
            "drawing": picture.drawing,
            "legend": picture.legend,
            "spread": dataclasses.asdict(spread(picture)),
            "spread_large": dataclasses.asdict(spread(picture, is_large=True)),
            "name": TITLES[name],
            "alt": f"{TITLES[name]}, drawn. The same is said in words below.",
        },
        is_landscape=True,
        family_id=family_id,
    )
