"""Fields for days and times, typed as people write them: 3/11/2026, 3 Nov, 9.30, or only a year."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QTableView, QToolButton, QWidget

from sf_desktop.ui.kit.controls.lines import Line
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import column, row
from sf_desktop.ui.kit.style.icons import paint_icon
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_XS
from sf_desktop.ui.kit.text.labels import muted
from sf_record.dates import read_day

DATE_ADVICE = "Write the day as day/month/year, for example 3/11/2026."
TIME_ADVICE = "Write the time on the 24-hour clock, for example 9:30 or 14:05."
PARTIAL_ADVICE = "Write a year, a month and a year, or a whole date that exists."


def read_time(text: str) -> time | None:
    """A time as typed (9.30, 9:30, 0930, 9); None when it is not one."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.h ]?(\d{2}))?", text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class _TypedField(Field):
    """One short line that must be readable as something; what cannot be read stays as it was typed."""

    advice = ""

    def _make_line(self, placeholder: str, chars: int) -> QLineEdit:
        line = Line(chars + 2)
        line.setMaxLength(24)
        line.setPlaceholderText(placeholder)
        line.setAccessibleName(self.title)
        line.setMinimumWidth(60)
        line.textEdited.connect(self._on_edited)
        return line

    def typed(self) -> str:
        """What stands in the field, readable or not: a draft keeps this."""
        raise NotImplementedError

    @property
    def is_malformed(self) -> bool:
        """Whether something is written that cannot be read."""
        return bool(self.typed().strip()) and self.value() is None

    def _on_control_left(self) -> None:
        if self.is_malformed:
            self.problem = self.advice
        elif self.problem == self.advice:
            self.problem = ""
        self._tidy()
        super()._on_control_left()

    def _tidy(self) -> None:
        """Write a readable answer the usual way."""

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.changed.emit()


class _CalendarButton(QToolButton):
    """Paints its sign from the tokens of the moment, as large as the text: a picture of it would keep to one theme."""

    def sizeHint(self) -> QSize:
        side = round(self._side()) + 2 * GAP_XS
        return super().sizeHint().expandedTo(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._side()
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), "today", box, current_tokens().accent)

    def _side(self) -> float:
        return max(16.0, float(self.fontMetrics().height()))


class DateField(_TypedField):
    """A whole date, typed, or picked from a calendar that opens on its button.

    Where it knows what day it is, a day may be typed without its year; the year is written into it as one leaves.
    """

    advice = DATE_ADVICE

    def __init__(self, name: str, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self.line = self._make_line("dd/mm/yyyy", 12)
        self.calendar_button = _CalendarButton()
        self.calendar_button.setAccessibleName(f"Calendar for {label.lower()}")
        self.calendar_button.clicked.connect(self._on_calendar)
        self._popup: QFrame | None = None
        self._today: date | None = None
        self._until: date | None = None
        box = QWidget()
        across = row(box, gap=GAP_XS)
        across.addWidget(self.line)
        across.addWidget(self.calendar_button)
        across.addStretch(1)
        self._hold(self.line, self.calendar_button, in_widget=box)

    def take_years_from(self, today: date, *, may_be_future: bool) -> None:
        """Let days be typed without their year: the nearest to today is meant, of days to come only if they may be.

        Tomorrow is no slip: a form that is open at midnight knows of yesterday only.
        """
        self._today = today
        self._until = None if may_be_future else today + timedelta(days=1)

    def value(self) -> date | None:
        return read_day(self.line.text(), self._today, until=self._until)

    def set_value(self, value: date | None) -> None:
        self.line.setText(value.strftime("%d/%m/%Y") if value is not None else "")

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Put back what a draft kept, even if it cannot be read."""
        self.line.setText(text)

    def _tidy(self) -> None:
        if (day := self.value()) is not None:
            self.set_value(day)

    @Slot()
    def _on_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("role", "card")
        calendar = QCalendarWidget()
        calendar.setAccessibleName(f"Calendar for {self.title.lower()}")
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red says nothing here, and is hard to read
            calendar.setWeekdayTextFormat(weekday, calendar.weekdayTextFormat(Qt.DayOfWeek.Monday))
        if (day := self.value()) is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        column(popup, margin=GAP_XS).addWidget(calendar)
        popup.adjustSize()
        beneath, room = self.line.mapToGlobal(QPoint(0, self.line.height() + 2)), self.screen().availableGeometry()
        if beneath.y() + popup.height() > room.bottom():
            beneath = self.line.mapToGlobal(QPoint(0, -popup.height() - 2))
        popup.move(min(beneath.x(), room.right() - popup.width()), max(beneath.y(), room.top()))
        self._popup = popup
        popup.show()
        for days in calendar.findChildren(QTableView):  # what has the keyboard, and is said
            days.setAccessibleName(calendar.accessibleName())
        calendar.setFocus()

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        self.problem = ""
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self.line.setFocus()
        self.changed.emit()


class TimeField(_TypedField):
    """A time of day, typed."""

    advice = TIME_ADVICE

    def __init__(self, name: str, label: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent=parent)
        self.line = self._make_line("hh:mm", 6)
        self._hold(self.line)

    def value(self) -> time | None:
        return read_time(self.line.text())

    def set_value(self, value: time | None) -> None:
        self.line.setText(value.strftime("%H:%M") if value is not None else "")

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Put back what a draft kept, even if it cannot be read."""
        self.line.setText(text)

    def _tidy(self) -> None:
        if (at := self.value()) is not None:
            self.set_value(at)


class ApproximateDateField(_TypedField):
    """A date known to the year, the month or the day. The value is `2019`, `2019-04`, `2019-04-03` or None."""

    advice = PARTIAL_ADVICE

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "Only the year, or the month and year, will do.",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self.parts: dict[str, QLineEdit] = {}
        box = QWidget()
        across = row(box)
        for part, chars in (("Day", 2), ("Month", 2), ("Year", 4)):
            line = self._make_line("", chars)
            line.setMaxLength(chars)
            line.setAccessibleName(f"{label}: {part.lower()}")
            self.parts[part] = line
            down = column(gap=2)
            down.addWidget(muted(part))
            down.addWidget(line)
            across.addLayout(down)
        across.addStretch(1)
        self._hold(*self.parts.values(), in_widget=box)

    def value(self) -> str | None:
        day, month, year = (self.parts[part].text().strip() for part in ("Day", "Month", "Year"))
        if not re.fullmatch(r"\d{4}", year) or (day and not month) or not (day + month + year).isdecimal():
            return None
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return None
        return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])

    def set_value(self, value: str | None) -> None:
        year, month, day = (*(value or "").split("-"), "", "", "")[:3]
        for part, text in (("Day", day), ("Month", month), ("Year", year)):
            self.parts[part].setText(text.lstrip("0") if part != "Year" else text)

    def typed(self) -> str:
        return "".join(line.text() for line in self.parts.values())
