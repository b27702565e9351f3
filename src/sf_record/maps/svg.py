"""Writes a map as SVG, in ink on paper, so that it can stand in a printed paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sf_record.maps.shapes import (
    BOND,
    FAINT,
    INK,
    WARN,
    Ellipse,
    Outline,
    Picture,
    Point,
    Shape,
    Stroke,
    Words,
    heads_of,
)

_TONES = {INK: "#101418", FAINT: "#48525c", BOND: "#1d4f91", WARN: "#8f1d1d"}
_FILLS = {"paper": "#ffffff", "ink": "#101418", "soft": "#eef1f4", "none": "none"}


def svg(picture: Picture, font: str = "sans-serif") -> str:
    """Return the map as an SVG document with its title and the same in words."""
    wide, high = (f"{each:.0f}" for each in picture.size)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img"'
        f' font-family="{escape(font)}">'
    )
    about = f"<title>{escape(picture.title)}</title><desc>{escape(' '.join(picture.lines))}</desc>"
    return "\n".join((head, about, *(each for shape in picture.shapes for each in _written(shape)), "</svg>", ""))


def _written(shape: Shape) -> Iterator[str]:
    if isinstance(shape, Words):
        weight = ' font-weight="bold"' if shape.is_strong else ""
        yield (
            f'<text x="{shape.at[0]:.1f}" y="{shape.at[1]:.1f}" font-size="{shape.size:g}" text-anchor="{shape.anchor}"'
            f'{weight} fill="{_TONES[shape.tone]}">{escape(shape.text)}</text>'
        )
    elif isinstance(shape, Ellipse):
        (x, y), (wide, high) = shape.middle, shape.radii
        yield (
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{wide:.1f}" ry="{high:.1f}" fill="{_FILLS[shape.fill]}"'
            f" {_stroke(shape.stroke)}/>"
        )
    elif isinstance(shape, Outline):
        yield f'<polygon points="{_points(shape.points)}" fill="{_FILLS[shape.fill]}" {_stroke(shape.stroke)}/>'
    else:
        yield f'<polyline points="{_points(shape.points)}" fill="none" {_stroke(shape.stroke)}/>'
        for head in heads_of(shape):
            yield f'<polygon points="{_points(head)}" fill="{_TONES[shape.stroke.tone]}"/>'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _stroke(stroke: Stroke) -> str:
    dash = f' stroke-dasharray="{" ".join(f"{each:g}" for each in stroke.dash)}"' if stroke.dash else ""
    return f'stroke="{_TONES[stroke.tone]}" stroke-width="{stroke.width:g}" stroke-linejoin="round"{dash}'
