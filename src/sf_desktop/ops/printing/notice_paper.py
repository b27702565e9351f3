"""The privacy notice on paper, as the family takes it away: the full or the plain text, large if wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sf_desktop.ops.moments import paper_moment
from sf_desktop.ops.office import Office
from sf_desktop.ops.sharing.notices import notice_text
from sf_desktop.papers.paper import Paper, Section
from sf_desktop.wording import error
from sf_record.text.passages import Passage, Sort

EASY, FULL = "easy", "full"


def about_notice(text: str, version: str) -> str:
    """Return what a paper of the notice is about: which text (EASY or FULL) of which version."""
    return f"{text}:{version}"


def notice_paper(office: Office, family_id: str, about: str) -> Paper:
    """Return the paper of one text of one version; InputError where the council has published none."""
    which, _, version = about.partition(":")
    notice = notice_text(office, version)
    if not notice.version:
        raise error("notice_none")
    passages = notice.easy if which == EASY else notice.full
    heads = [each.text for each in passages if each.sort is Sort.TITLE]
    return Paper(
        title="Privacy notice",
        heading=heads[0] if heads else "Privacy notice",
        under=(f"Version {notice.version}, in force from {paper_moment(notice.effective_from)}",),
        sections=tuple(_sections(passages)),
        is_public=True,
        family_id=family_id,
    )


def _sections(passages: Iterable[Passage]) -> Iterator[Section]:
    """Yield the notice in the order in which it is written: what follows a list begins another section."""
    heading, texts, items = "", list[str](), list[str]()
    for each in passages:
        if each.sort is Sort.TITLE:
            continue
        is_next = each.sort is Sort.HEADING or (each.sort is Sort.PARAGRAPH and bool(items))
        if is_next and (heading or texts or items):
            yield Section(heading, text="\n\n".join(texts), items=tuple(items))
            heading, texts, items = "", [], []
        match each.sort:
            case Sort.HEADING:
                heading = each.text
            case Sort.POINT:
                items.append(each.text)
            case _:
                texts.append(each.text)
    if heading or texts or items:
        yield Section(heading, text="\n\n".join(texts), items=tuple(items))
