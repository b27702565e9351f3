"""The card on which files and signatures are attached: by button, by dropping, by pasting; with the list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVarTuple

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.attaching.attachments import AttachmentView, Target, add, of_draft, put_back, take_out
from sf_desktop.ops.office import Office
from sf_desktop.ui.attach import words
from sf_desktop.ui.attach.anywhere import Anywhere
from sf_desktop.ui.attach.glimpses import Glimpses
from sf_desktop.ui.attach.row import AttachmentRow
from sf_desktop.ui.attach.taking import Taking
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.reading import Line, Part
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.dropped import files_in
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, page_around
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.errors import SfError

Ts = TypeVarTuple("Ts")
MOST_SHOWN = 60
SETTLED_MS = 50  # a row has its height once its words have wrapped
TITLE = "Photographs, letters and signatures"
NONE = "None yet. Drop files here, paste a picture, or choose them."
HINT = "Files can be dropped here too"
LONG, SHORT = ("Attach a file", "Signature", "Paste a picture"), ("Attach", "Signature", "Paste")


class AttachmentsCard(Card):
    """Shows what is attached to a target, asked for with `verb(*args)`. `go(object)` leads to a picture or the pad."""

    go = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, is_small: bool = False) -> None:
        super().__init__("Attached" if is_small else TITLE, parent=parent)
        self._is_small = is_small
        self._desk = desk
        self._target = Target("")
        self._verb: Callable[..., Sequence[AttachmentView]] | None = None
        self._args: tuple[Any, ...] = ()
        self.views: tuple[AttachmentView, ...] = ()
        self._rows: dict[str, AttachmentRow] = {}
        self._taking, self._glimpses = Taking(desk, self), Glimpses(desk, self)
        self._picker = FilePicker(self)
        self.banner = Banner("", "", "warning", button="Try again", closable=True)
        self.banner.hide()
        self._list = column(gap=GAP_M)
        self._none = muted(NONE)
        self._more = muted("")
        self._more.hide()
        self._none.hide()
        attach, sign, paste = SHORT if is_small else LONG
        self.attach_button = secondary(attach, spoken="Attach photographs, letters or other files", hint=HINT)
        self.sign_button = secondary(sign, spoken="Take a signature")
        self.paste_button = quiet(paste, spoken="Paste a picture")
        self._buttons = wrapping(self.attach_button, self.sign_button, self.paste_button)
        for widget in (self.banner, self._buttons, self._none):
            self.layout_.addWidget(widget)
        self.layout_.addLayout(self._list)
        self.layout_.addWidget(self._more)
        self._is_awaited = False
        self._bringing = later(self, SETTLED_MS, self._on_laid_out)
        self._connect()

    def _connect(self) -> None:
        self.attach_button.clicked.connect(self._on_attach)
        self.paste_button.clicked.connect(self._on_paste)
        self.sign_button.clicked.connect(self._on_sign)
        self._picker.picked.connect(self._on_picked)
        self._taking.held.connect(self._on_held)
        self._taking.refused.connect(self._on_refused)
        self._taking.busy_changed.connect(self._on_busy)
        self._glimpses.made.connect(self._on_glimpse)
        self._glimpses.failed.connect(self._on_no_glimpse)
        self.banner.pressed.connect(self._on_again)
        self.banner.closed.connect(self._on_given_up)
        self._desk.changed.connect(self._on_changed)

    def show_target(
        self,
        target: Target,
        verb: Callable[[Office, *Ts], Sequence[AttachmentView]],
        *args: *Ts,
        may_add: bool = True,
    ) -> None:
        """Show what `verb(office, *args)` returns; what is added goes to the target."""
        self._target, self._verb, self._args = target, verb, args
        self._buttons.setVisible(may_add)
        self.setAcceptDrops(may_add)
        self._none.setText(NONE if may_add else "None.")
        self._glimpses.forget()
        self.refresh()

    def take_anywhere(self, page: QWidget) -> None:
        """Take what is dropped or pasted anywhere on this page, while the card is shown."""
        there = Anywhere(self, page)
        there.dropped.connect(self._take)
        there.pasted.connect(self._on_paste)

    def show_draft(self, sheet: Sheet | None) -> None:
        """Show what is attached to a draft."""
        if sheet is not None:
            draft = sheet.draft
            self.show_target(Target(draft.family_id, draft.id), of_draft, draft.id)

    def refresh(self) -> None:
        """Ask again."""
        if self._verb is not None:
            self._desk.ask(self._verb, *self._args, on_done=self._on_views, on_error=self._on_error)

    # --- the list --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_views(self, views: Sequence[AttachmentView]) -> None:
        self.views = tuple(views)
        chosen = self.views[-MOST_SHOWN:]
        if [each.id for each in chosen] != list(self._rows):
            self._fill(chosen)
        for each in chosen:
            row = self._rows[each.id]
            if each.body.get("sha256") != row.view.body.get("sha256") or row.view.is_picture != each.is_picture:
                self._glimpses.ask(each)
            row.show_view(each, is_again=words.is_again(each, self.views))
        left = len(self.views) - len(chosen)
        self._more.setText(f"{left} older ones are in the timeline." if left else "")
        self._more.setVisible(bool(left))
        self._on_busy()
        self.shown.emit()
        if self._is_awaited and chosen:
            self._bringing.start()

    def _fill(self, views: Sequence[AttachmentView]) -> None:
        clear(self._list)
        self._rows = {}
        for each in views:
            made = self._rows[each.id] = AttachmentRow(each)
            made.opened.connect(self._on_opened)
            made.out_wanted.connect(self._on_out)
            made.back_wanted.connect(self._on_back)
            made.add_wanted.connect(self._on_add)
            self._list.addWidget(made)
            self._glimpses.ask(each)

    @Slot(str, object)
    def _on_glimpse(self, id_: str, image: QImage) -> None:
        if (found := self._rows.get(id_)) is not None:
            found.picture.show_image(image)

    @Slot(str, object)
    def _on_no_glimpse(self, id_: str, error: SfError) -> None:
        found = self._rows.get(id_)
        if found is not None and error.code in {"attachment_damaged", "attachment_missing"}:
            self.banner.say(f"{found.view.title}: {error.title}", error.advice, "danger")
            self.banner.offer("")
            self.banner.show()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._target.family_id in changes.families and "attachment" in changes.kinds and self.isVisible():
            self.refresh()

    # --- taking in -------------------------------------------------------------------------------------------------

    @Slot()
    def _on_attach(self) -> None:
        self._picker.open()

    @Slot(object)
    def _on_picked(self, paths: tuple[str, ...]) -> None:
        self._forget_what_was_said()
        self._taking.files(self._target, paths)

    @Slot()
    def _on_paste(self) -> None:
        self.paste()

    def paste(self) -> bool:
        """Attach what was copied: files, or a picture; say so where there is neither."""
        data = QGuiApplication.clipboard().mimeData()
        self._forget_what_was_said()
        if paths := files_in(data):
            self._taking.files(self._target, paths)
        elif data.hasImage():
            self._taking.image(self._target, QGuiApplication.clipboard().image())
        else:
            self._say("There is no picture to paste", "Copy a picture or a file first.")
        return bool(paths) or data.hasImage()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    @Slot(object)
    def _take(self, data: QMimeData) -> None:
        self._forget_what_was_said()
        if paths := files_in(data):
            self._taking.files(self._target, paths)
        elif data.hasImage() and isinstance(image := data.imageData(), QImage):
            self._taking.image(self._target, image)
        else:
            self._say("Only files and pictures can be dropped here", "Save it as a file first.")

    def _forget_what_was_said(self) -> None:
        """What was said of an earlier file would read as if it were of this one; not while one is in hand."""
        if not self._taking.in_hand:
            self.banner.hide()

    @Slot(object)
    def _on_held(self, _done: object) -> None:
        self._is_awaited = True
        self.refresh()

    @Slot(object)
    def _on_altered(self, _done: object) -> None:
        self.refresh()

    @Slot()
    def _on_laid_out(self) -> None:
        """Bring into view what came in, or why it did not: beside a long form both are below the window's edge."""
        page, self._is_awaited = page_around(self), False
        last = list(self._rows.values())[-1:]
        for shown in [self.banner] if self.banner.isVisible() else last:
            if page is not None:
                page.ensureWidgetVisible(shown)

    @Slot(str, object)
    def _on_refused(self, name: str, error: SfError) -> None:
        is_in_hand = bool(self._taking.in_hand)
        advice = error.advice.replace("What you typed is still here.", "The picture is still here.")
        self._say(f"{name}: {error.title}" if name else error.title, advice, "danger" if is_in_hand else "warning")
        self.banner.offer("Try again" if is_in_hand else "")

    def _say(self, title: str, advice: str, tone: str = "warning") -> None:
        self.banner.say(title, advice, tone)
        self.banner.offer("")
        self.banner.show()
        self._bringing.start()

    @Slot()
    def _on_busy(self) -> None:
        count = self._taking.count
        self._none.setText(f"Taking in {count}…" if count else NONE)
        self._none.setVisible(bool(count) or not (self.views or self._is_small))

    @Slot()
    def _on_again(self) -> None:
        self.banner.hide()
        self._taking.again()

    @Slot()
    def _on_given_up(self) -> None:
        self._taking.let_go()

    # --- going on --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_opened(self, id_: str) -> None:
        self.go.emit(GoTo("attachment", {"attachment": id_, "family": self._target.family_id}))

    @Slot()
    def _on_sign(self) -> None:
        self.go.emit(GoTo("signature", {"family": self._target.family_id, "draft": self._target.draft_id}))

    @Slot(str)
    def _on_out(self, id_: str) -> None:
        self._desk.ask(take_out, id_, on_done=self._on_altered, on_error=self._on_error)

    @Slot(str)
    def _on_add(self, id_: str) -> None:
        self._desk.ask(add, id_, on_done=self._on_altered, on_error=self._on_error)

    @Slot(str)
    def _on_back(self, id_: str) -> None:
        self._desk.ask(put_back, id_, on_done=self._on_altered, on_error=self._on_error)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._say(error.title, error.advice)

    def is_signed(self, how: str) -> bool:
        """Say whether a signature that was given in this way is among what is attached."""
        held = [each.body for each in self.views if not each.is_taken_out]
        return any(each.get("sort") == "signature" and each.get("signed_how") == how for each in held)

    def lines(self) -> tuple[Line, ...]:
        """What is attached, for the page on which answers are checked."""
        return tuple(Line("", each.title, words.meta(each)) for each in self.views if not each.is_taken_out)


def attached_parts(card: AttachmentsCard | None) -> tuple[Part, ...]:
    """Return what is attached as a part of what is checked before signing; nothing where nothing is."""
    lines = card.lines() if card is not None else ()
    return (Part("attached", TITLE, lines),) if lines else ()
