"""Saves the empty template where somebody chose to; it holds nothing of anybody."""

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
