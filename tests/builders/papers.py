"""Makes papers and reads them back as others do: the text with poppler, the structure with pikepdf."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from typing import Any

import pikepdf

from sf_desktop.papers.letters import BREAK
from sf_desktop.papers.paper import Paper, Section, Stamp

STAMP = Stamp(
    council="Pretend council",
    service="Strengthening Families",
    printed_by="P. Example",
    printed_at="Monday 23 November 2026, 09:00",
    copy=12,
)


def a_paper(text: str = "Pretend words", **more: Any) -> Paper:
    """Return a paper with one section."""
    values = {"title": "Visit record", "heading": "Home visit, planned", "sections": (Section("Seen", text=text),)}
    return Paper(**{**values, **more})


def text_of(pdf: bytes) -> str:
    """Return what poppler reads, in the order of the content."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    return read.stdout.decode("utf-8").replace(BREAK, "")


def squeezed(text: str) -> str:
    """Return a text without the places where lines end."""
    return "".join(text.split())


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def tags_of(pdf: bytes) -> list[str]:
    """Return the tags of the structure, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(_tags(opened.Root.StructTreeRoot.get("/K")))


def _tags(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)
        if "/K" in node:
            yield from _tags(node.K)
