"""Says how an attachment stands, in the worker's words."""

from __future__ import annotations

from collections.abc import Sequence

from sf_desktop.ops.attaching.attachments import AttachmentView
from sf_desktop.ops.attaching.intake import CLOSED
from sf_desktop.store.tables.attachments import State
from sf_desktop.wording import WORDS
from sf_record.kinds.attachment import SIGNED_HOW, SORTS

TYPES = {
    "image/jpeg": "JPEG picture",
    "image/png": "PNG picture",
    "image/heic": "HEIC picture",
    "application/pdf": "PDF",
    "text/plain": "plain text",
}
NO_PAGE = (
    "This page cannot be shown",
    (
        "It is damaged, or asks for more than a page may take. The file is kept, and sent to the council as it is."
        " Nothing is handed to another program, because that would leave an unlocked copy on this laptop."
    ),
)
NOT_SHOWN = ("This kind of file is not shown", "It is kept, and sent to the council as it is.")


AGAIN = "The same file is attached here already"


def is_again(view: AttachmentView, views: Sequence[AttachmentView]) -> bool:
    """Say whether the very same content stands before it in a list, and neither was taken out or is in error."""
    content = view.body.get("sha256")
    for each in views:
        if each.id == view.id:
            return False
        if content and each.body.get("sha256") == content and not (_is_gone(each) or _is_gone(view)):
            return True
    return False


def _is_gone(view: AttachmentView) -> bool:
    return view.is_taken_out or view.is_in_error


def size_words(size: int) -> str:
    """Say a size: 3.2 MB, 480 KB."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{max(1, round(size / 1_000))} KB" if size else ""


def standing(view: AttachmentView) -> tuple[str, str]:
    """Say where it is, with the tone of the words."""
    if view.is_taken_out:
        return "Taken out", "neutral"
    if view.is_in_error:
        return "Entered in error", "danger"
    if view.code in {"attachment_damaged", "attachment_missing"}:
        return WORDS[view.code].title, "danger"
    if view.state is State.HELD:
        return "Saved on this laptop", "ok"
    if not view.has_content:
        return "", "neutral"
    if view.state is State.WAITING:
        return (f"Waiting to be sent, {_share(view)}", "information")
    if view.state is State.WANTED:
        return (f"Being fetched, {_share(view)}", "information")
    if view.is_here:
        return "With the council", "ok"
    return "At the council · fetch", "information"


def meta(view: AttachmentView) -> str:
    """Say what it is, in one line."""
    sort = dict(SORTS).get(str(view.body.get("sort")), "")
    how = dict(SIGNED_HOW).get(str(view.body.get("signed_how")), "") if view.body.get("sort") == "signature" else ""
    parts = [sort, how, TYPES.get(str(view.body.get("media_type")), ""), size_words(view.size)]
    if view.closed:
        parts.append("kept, not opened")
    return " · ".join(part for part in parts if part)


def closed_words(view: AttachmentView) -> tuple[str, str]:
    """Say why it is not shown, and what becomes of it."""
    reason = CLOSED.get(view.closed, "This program does not open it")
    return "Kept, and not opened on this laptop", f"{reason}. It is sent to the council as it is, marked so."


def spoken(view: AttachmentView) -> str:
    """Say it for somebody who does not see the list."""
    return ", ".join(part for part in (view.title, meta(view), standing(view)[0]) if part)


def _share(view: AttachmentView) -> str:
    return f"{100 * view.reached // max(1, view.size)} %"
