"""One attachment in a list: its small picture, what it is, where it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ops.attaching.attachments import AttachmentView
from sf_desktop.ui.attach import words
from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import column, row
from sf_desktop.ui.kit.style.icons import paint_icon
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import Label, muted, strong

SIDE = 56


class SmallPicture(QWidget):
    """A picture no larger than a stamp; where there is none, a sheet of paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self.setFixedSize(QSize(SIDE, SIDE))

    def show_image(self, image: QImage) -> None:
        """Show this picture."""
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box, tokens = QPainter(self), QRectF(self.rect()), current_tokens()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(box, QColor(tokens.raised))
        if self._pixmap is None:
            paint_icon(painter, "note", box.adjusted(16, 16, -16, -16), tokens.muted)
            return
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((SIDE - size.width()) / 2, (SIDE - size.height()) / 2, size.width(), size.height())
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))


class AttachmentRow(QWidget):
    """`opened(str)`, `out_wanted(str)` and `back_wanted(str)` name the attachment."""

    opened = Signal(str)
    out_wanted = Signal(str)
    back_wanted = Signal(str)
    add_wanted = Signal(str)

    def __init__(self, view: AttachmentView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.picture = SmallPicture()
        self._title, self._meta, self._standing = strong(), muted(), Label("", "muted")
        self._again = Label(words.AGAIN, "muted")
        self.open_button, self.out_button, self.back_button = quiet("Open"), quiet("Take out"), quiet("Put back")
        self.add_button = secondary("Add to the file")
        self.add_button.clicked.connect(self._on_add)
        self.open_button.clicked.connect(self._on_open)
        self.out_button.clicked.connect(self._on_out)
        self.back_button.clicked.connect(self._on_back)
        told = column(gap=0)
        for label in (self._title, self._meta, self._again, self._standing):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            told.addWidget(label)
        buttons = wrapping(self.open_button, self.out_button, self.back_button, self.add_button, gap=GAP_XS)
        told.addWidget(buttons)
        across = row(self, gap=GAP_M)
        across.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(told, 1)
        self.show_view(view)

    def show_view(self, view: AttachmentView, *, is_again: bool = False) -> None:
        """Show how it stands now, and whether the very same file stands before it (`words.is_again`)."""
        self.view = view
        self._title.setText(view.title)
        self._meta.setText(words.meta(view))
        self._again.setVisible(is_again)
        told, tone = words.standing(view)
        self._standing.setText(told)
        self._standing.setVisible(bool(told))
        self._standing.tone(tone)
        self.picture.setAccessibleName(f"Picture of {view.title}" if view.is_picture else "")
        self.setAccessibleName(", ".join((words.spoken(view), *((words.AGAIN,) if is_again else ()))))
        may_go, is_out = view.is_held and not view.is_taken_out, view.is_taken_out
        offered = (
            (self.open_button, "Open", not is_out), (self.out_button, "Take out", may_go),
            (self.back_button, "Put back", is_out),
            (self.add_button, "Add to the family file", may_go and not view.body.get("about_record")),
        )  # fmt: skip
        for button, what, may in sorted(
            offered, key=lambda each: not each[2]
        ):  # first what comes: the keyboard goes there
            button.setAccessibleName(f"{what}, {view.title}")
            button.setVisible(bool(may))

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.view.id)

    @Slot()
    def _on_add(self) -> None:
        self.add_wanted.emit(self.view.id)

    @Slot()
    def _on_out(self) -> None:
        self.out_wanted.emit(self.view.id)

    @Slot()
    def _on_back(self) -> None:
        self.back_wanted.emit(self.view.id)
