"""The one stylesheet, written from the tokens and a text scale, laid over Fusion."""

from __future__ import annotations

from sf_desktop.ui.kit.style.tokens import (
    BODY_PT,
    HEADING_PT,
    RADIUS,
    SMALL_PT,
    TARGET_MAIN,
    TARGET_MIN,
    TITLE_PT,
    TONES,
    Tokens,
)


def stylesheet(t: Tokens, scale: float) -> str:
    """Every rule of the program; `scale` is 1.0 at 100 % text."""
    parts = (_text, _surfaces, _buttons, _entry, _lists, _frame, _tones, _popups)
    return "\n".join(part(t, scale) for part in parts)


def _pt(size: float, scale: float) -> str:
    return f"{size * scale:.2f}pt"


def _text(t: Tokens, scale: float) -> str:
    return f"""
QLabel {{ color: {t.text}; background: transparent; }}
QLabel[role="drawing"] {{ background: {t.surface}; }}
QLabel[role="title"] {{ font-size: {_pt(TITLE_PT, scale)}; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {_pt(HEADING_PT, scale)}; font-weight: 700; }}
QLabel[role="large"] {{ font-size: {_pt(TITLE_PT, scale)}; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="code"] {{ font-family: monospace; }}
QLabel[role="small"] {{ font-size: {_pt(SMALL_PT, scale)}; }}
QLabel[role="muted"] {{ font-size: {_pt(SMALL_PT, scale)}; color: {t.muted}; }}
QLabel[role="subtitle"] {{ color: {t.muted}; }}
QLabel[role="problem"] {{ color: {t.danger}; font-weight: 700; }}
QLabel[role="key"] {{ font-size: {_pt(SMALL_PT - 1, scale)}; color: {t.muted};
  border: 1px solid {t.line}; border-radius: 4px; padding: 1px 5px; background: {t.background}; }}
"""


def _surfaces(t: Tokens, _scale: float) -> str:
    return f"""
QScrollArea[role="picture"] {{ border: 2px solid transparent; border-radius: 4px; }}
QScrollArea[role="picture"]:focus {{ border: 2px solid {t.focus}; }}
QFrame[role="lock"] {{ background: {t.rail}; }}
QWidget[role="page"], QScrollArea[role="page"] {{ background: {t.background}; }}
QScrollArea, #qt_scrollarea_viewport, #lock-inside {{ border: none; background: transparent; }}
QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
QFrame[role="card"][tone="danger"] {{ border-color: {t.danger}; }}
QFrame[role="rule"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QProgressBar {{ background: {t.raised}; border: 1px solid {t.control_line}; border-radius: 5px;
  min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
"""


def _main(scale: float) -> int:
    """The height of what is pressed or typed in: it grows with the text, half as fast."""
    return round(TARGET_MAIN * (1 + (scale - 1) / 2))


def _buttons(t: Tokens, scale: float) -> str:
    main = _main(scale)
    return f"""
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control_line};
  border-radius: {RADIUS - 1}px; padding: 0 14px; min-height: {main - 2}px; font-weight: 700; }}
QPushButton:hover {{ background: {t.accent_soft}; }}
QPushButton:pressed {{ background: {t.raised}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: 0 13px; min-height: {main - 4}px; }}
QPushButton:disabled {{ color: {t.disabled}; border: 1px dashed {t.control_line}; background: transparent; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {t.accent_strong}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; padding: 0 13px; min-height: {main - 4}px; }}
QPushButton[kind="primary"]:disabled {{ background: transparent; color: {t.disabled};
  border: 1px dashed {t.control_line}; }}
QPushButton[kind="danger"] {{ color: {t.danger}; border-color: {t.danger}; }}
QPushButton[kind="danger"]:hover {{ background: {t.danger_soft}; }}
QPushButton[kind="danger"]:focus {{ border: 2px solid {t.danger}; background: {t.danger_soft}; }}
QPushButton[kind="quiet"] {{ color: {t.accent}; background: transparent; border: 2px solid transparent;
  padding: 0 6px; min-height: {TARGET_MIN}px; }}
QPushButton[tight="true"] {{ padding: 0 4px; }}
QPushButton[tight="true"]:focus {{ padding: 0 3px; }}
QPushButton[lines="several"] {{ text-align: left; }}
QPushButton[kind="quiet"]:hover {{ background: {t.accent_soft}; text-decoration: underline; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[kind="quiet"]:disabled {{ color: {t.disabled}; }}
QPushButton[kind="chip"] {{ background: {t.raised}; border: 1px solid {t.raised}; padding: 0 8px;
  min-height: {TARGET_MIN}px; font-size: {_pt(SMALL_PT, scale)}; }}
QPushButton[kind="chip"]:checked {{ background: {t.accent_soft}; color: {t.accent}; border-color: {t.accent}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {t.focus}; padding: 0 7px; min-height: {TARGET_MIN - 2}px; }}
"""


def _entry(t: Tokens, scale: float) -> str:
    main = _main(scale)
    boxes = "QLineEdit, QTextEdit, QComboBox, QSpinBox"
    focused = ", ".join(f"{box}:focus" for box in boxes.split(", "))
    blocked = ", ".join(f"{box}:disabled" for box in boxes.split(", "))
    return f"""
{boxes} {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control_line};
  border-radius: {RADIUS - 1}px; placeholder-text-color: {t.muted};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {main - 2}px; padding: 0 11px; }}
QTextEdit {{ padding: 8px 9px; }}
{focused} {{ border: 2px solid {t.focus}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ padding: 0 10px; min-height: {main - 4}px; }}
QTextEdit:focus {{ padding: 7px 8px; }}
{blocked} {{ color: {t.disabled}; background: {t.background}; border: 1px dashed {t.control_line}; }}
QLineEdit[readOnly="true"], QTextEdit[readOnly="true"] {{ background: {t.background};
  border: 1px dashed {t.control_line}; }}
*[wrong="true"] {{ border: 2px solid {t.danger}; }}
QLineEdit[readOnly="true"]:focus, QTextEdit[readOnly="true"]:focus, *[wrong="true"]:focus {{
  border: 2px solid {t.focus}; }}
QComboBox::drop-down {{ border: none; width: {round(26 * scale)}px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; padding: 0; min-height: 0;
  background: transparent; }}
QRadioButton, QCheckBox {{ color: {t.text}; background: transparent; }}
"""


def _lists(t: Tokens, scale: float) -> str:
    return f"""
QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: none; outline: none;
  selection-background-color: {t.accent_soft}; selection-color: {t.text}; }}
QTableView, QListView {{ gridline-color: {t.line}; }}
QTableView[role="boxed"], QListView[role="boxed"] {{ border: 1px solid {t.line}; border-radius: {RADIUS}px;
  padding: 1px; }}  /* as wide as the ring of the focus: else a heading lies on it */
QTableView:focus, QListView:focus {{ border: 2px solid {t.focus}; border-radius: {RADIUS}px; }}
QTableView[role="boxed"]:focus, QListView[role="boxed"]:focus {{ border: 2px solid {t.focus}; padding: 0; }}
QTableView[role="plain"]:focus {{ border: none; }}  /* its rows fill it: the chosen one has the ring */
QTableView::item {{ padding: 0 9px; border-bottom: 1px solid {t.line}; }}
QTableView[role="plain"] {{ background: {t.background}; }}
QTableView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: none; padding: 8px 12px;
  border-bottom: 1px solid {t.control_line}; font-size: {_pt(SMALL_PT, scale)}; font-weight: 700; }}
QTabBar {{ background: transparent; border: none; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {t.muted}; padding: 8px 13px; border: none;
  border-bottom: 3px solid transparent; min-height: {TARGET_MIN}px; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom: 3px solid {t.accent}; font-weight: 700; }}
QTabBar::tab:hover {{ color: {t.text}; background: {t.accent_soft}; }}
QTabBar::tab:selected:focus {{ background: {t.accent_soft}; border: 2px solid {t.focus}; border-radius: 4px;
  padding: 6px 11px 9px 11px; }}
QTabBar::scroller {{ width: {2 * round(30 * scale)}px; }}
QTabBar::tear {{ width: 0; border: none; image: none; }}
QTabBar QToolButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control_line};
  border-radius: 4px; font-size: {_pt(round(BODY_PT * 1.4), scale)}; font-weight: 700; padding: 0; }}
QTabBar QToolButton:hover {{ background: {t.accent_soft}; }}
QTabBar QToolButton:disabled {{ color: {t.disabled}; background: {t.background}; border: 1px dashed {t.control_line}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.control_line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _frame(t: Tokens, scale: float) -> str:
    small = _pt(SMALL_PT, scale)
    return f"""
QMainWindow, QDialog {{ background: {t.background}; }}
QWidget[role="rail"] {{ background: {t.rail}; border-right: 1px solid {t.line}; }}
QWidget[role="rail"] QLabel {{ color: {t.rail_text}; }}
QWidget[role="rail"] QLabel[role="muted"] {{ color: {t.rail_muted}; }}
QWidget[role="rail"] QLabel[role="rail-step"], QWidget[role="rail"] QLabel[role="rail-now"] {{
  color: {t.rail_muted}; padding: 7px 10px; border-left: 3px solid transparent; border-radius: 4px; }}
QWidget[role="rail"] QLabel[role="rail-now"] {{ color: {t.rail_text}; background: {t.rail_raised};
  border-left-color: {t.rail_mark}; font-weight: 700; }}
QWidget[role="topbar"] {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
QWidget[role="foot"] {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
QWidget[role="foot"] QLabel {{ font-size: {small}; color: {t.muted}; }}
QPushButton[role="foot-link"] {{ font-size: {small}; padding: 1px 6px; }}
QWidget[role="foot"] QLabel[role="foot-strong"] {{ font-weight: 700; color: {t.text}; }}
QWidget[role="pretend"] {{ background: {t.badge}; }}
QWidget[role="pretend"] QLabel {{ color: {t.on_badge}; font-weight: 700; font-size: {small}; }}
QSplitter::handle {{ background: {t.line}; }}
"""


def _tones(t: Tokens, scale: float) -> str:
    rules = []
    for tone in TONES:
        ink, paper = t.tone(tone)
        rules.append(
            f'QLabel[role="tag"][tone="{tone}"] {{ color: {ink}; background: {paper}; border: 1px solid {paper};'
            f" border-radius: 4px; padding: 2px 8px; font-weight: 700; font-size: {_pt(SMALL_PT, scale)}; }}\n"
            f'QFrame[role="banner"][tone="{tone}"] {{ background: {paper}; border: 1px solid {ink};'
            f" border-radius: {RADIUS}px; }}\n"
            f'QFrame[role="banner"][tone="{tone}"] QLabel[role="heading"] {{ color: {ink}; }}\n'
            f'QLabel[tone="{tone}"][role="small"], QLabel[tone="{tone}"][role="strong"] {{ color: {ink}; }}'
        )
    return "\n".join(rules)


def _popups(t: Tokens, scale: float) -> str:
    return f"""
QMenu, QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text};
  border: 1px solid {t.control_line}; padding: 4px; }}
QMenu::item {{ padding: 6px 20px; border-radius: 4px; min-height: {TARGET_MIN - 6}px; }}
QMenu::item:selected, QComboBox QAbstractItemView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QComboBox QAbstractItemView::item {{ min-height: {TARGET_MIN + 4}px; padding: 0 8px; }}
QToolTip {{ background: {t.text}; color: {t.surface}; border: none; padding: 4px 6px;
  font-size: {_pt(SMALL_PT, scale)}; }}
QCalendarWidget QWidget {{ alternate-background-color: {t.raised}; background: {t.surface}; color: {t.text}; }}
QCalendarWidget QToolButton {{ color: {t.text}; background: {t.surface}; border: 1px solid transparent;
  border-radius: 4px; padding: 4px 8px; min-height: {TARGET_MIN}px; font-weight: 700; }}
QCalendarWidget QToolButton:hover, QCalendarWidget QToolButton:focus {{ background: {t.accent_soft}; }}
QCalendarWidget QAbstractItemView:enabled {{ color: {t.text}; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
QCalendarWidget QTableView::item {{ padding: 0; border: none; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {t.disabled}; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: 4px; color: {t.text};
  min-width: {TARGET_MIN}px; min-height: {TARGET_MIN}px; }}
QLineEdit QToolButton {{ border: none; padding: 0; }}
QToolButton {{ icon-size: {round(16 * scale)}px; }}
QToolButton:hover {{ background: {t.accent_soft}; }}
QToolButton:focus {{ border: 2px solid {t.focus}; }}
"""


def body_points(scale: float) -> float:
    """The size of ordinary text, in points."""
    return BODY_PT * scale
