"""The family’s copy of an Early Help Assessment: what was written and agreed to, who signed, what they may do."""

from __future__ import annotations

from dataclasses import replace

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import AttachmentView
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.moments import paper_moment
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.record_paper import record_paper
from sf_desktop.ops.sharing.agreements import AgreementView, agreements
from sf_desktop.papers.paper import Paper, Section, Table
from sf_desktop.store.tables import drafts
from sf_record.kinds.attachment import SIGNED_HOW

RIGHTS = (
    "This copy is yours. If something in it is wrong, tell us: we put it right, or keep your words beside it.",
    "You agreed to this. You may take your agreement back at any time; then we stop, and tell those who share.",
    "Our privacy notice says who sees what we hold and how long we keep it. Ask for it at any time.",
)
_ADULTS = frozenset({"parent", "carer", "parent_to_be"})


def assessment_paper(office: Office, family_id: str, about: str) -> Paper:
    """Return the family's copy of an assessment, or of its draft; InputError where it is not here."""
    paper = record_paper(office, family_id, about)
    signatures = _signatures(office, family_id, about)
    more = (*_agreed(office, family_id), _signed(signatures, _to_sign(office, family_id, signatures, paper)), _rights())
    return replace(
        paper,
        heading="Early Help Assessment: the family’s copy",
        sections=(*paper.sections, *more),
        is_for_family=True,
    )


def _signatures(office: Office, family_id: str, about: str) -> tuple[AttachmentView, ...]:
    is_draft = drafts.get(office.connection, about) is not None
    held = attachments.of_draft(office, about) if is_draft else attachments.of_record(office, family_id, about)
    return tuple(
        each for each in held if each.body.get("sort") == "signature" and not (each.is_taken_out or each.is_in_error)
    )


def _agreed(office: Office, family_id: str) -> tuple[Section, ...]:
    standing = next((each for each in agreements(office, family_id).rows if each.stands), None)
    return () if standing is None else (Section("What you agreed to", lines=_terms(standing)),)


def _terms(agreed: AgreementView) -> tuple[tuple[str, str], ...]:
    lines = (
        ("For", ", ".join(agreed.what_for)),
        ("Agreed by", f"{', '.join(agreed.people)}, {paper_moment(agreed.agreed_at)}"),
        ("May share", ", ".join(agreed.sharing)),
        ("May not share", ", ".join(agreed.refused)),
    )
    return tuple(each for each in lines if each[1])


def _signed(signatures: tuple[AttachmentView, ...], to_sign: tuple[str, ...]) -> Section:
    rows = tuple(
        (
            str(each.body.get("signed_by") or ""),
            dict(SIGNED_HOW).get(str(each.body.get("signed_how")), ""),
            paper_moment(str(each.body.get("taken_at") or "")),
        )
        for each in signatures
    )
    table = Table(("Who", "How", "When"), rows, (4, 4, 5)) if rows else None
    return Section("Signatures", table=table, to_sign=to_sign)


def _to_sign(office: Office, family_id: str, signatures: tuple[AttachmentView, ...], paper: Paper) -> tuple[str, ...]:
    """Return who has not signed: the practitioner of a draft, and the parents and carers of the household."""
    have = {str(person) for each in signatures for person in each.body.get("about") or ()}
    family = (each for each in people_of(office, family_id) if each.role in _ADULTS and not each.has_died)
    open_ = [each.name for each in family if each.id not in have and each.lives_here is not False]
    return (*((office.me.name,) if paper.is_draft else ()), *open_)


def _rights() -> Section:
    return Section("What you can do", items=RIGHTS)
