"""Saves the empty template, and what a check has found, where somebody chose to; neither holds anything of anybody."""

from __future__ import annotations

from pathlib import Path

from sf_desktop.ops.caseload.template import template
from sf_desktop.wording import error
from sf_record.codes import CodeSets


def save_template(path: str, codes: CodeSets) -> None:
    """Write it; VaultError ``export_not_written`` where it cannot be. Runs beside the window."""
    made = template(codes)
    try:
        Path(path).write_bytes(made)
    except (OSError, ValueError) as cause:
        raise error("export_not_written") from cause


def save_found(path: str, text: str) -> None:
    """Write what a check has found; VaultError ``export_not_written`` where it cannot be. Runs beside the window."""
    try:
        Path(path).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as cause:
        raise error("export_not_written") from cause
