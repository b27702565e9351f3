"""Says at the fields of a screen of its own what an error found wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from sf_desktop.ui.form.form import plain_problem
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.messages import show_error
from sf_record.errors import InputError, SfError


def show_at_fields(error: SfError, fields: Sequence[Field], summary: ErrorSummary, banner: Banner) -> None:
    """Mark the fields that the error names, or else the first, and list them; say any other error in the banner."""
    if not isinstance(error, InputError) or not error.fields:
        show_error(banner, error)
        return
    by_name = {each.name: each for each in fields}
    marked = []
    for problem in error.fields:
        field = by_name.get(problem.field, fields[0])
        field.problem = plain_problem(problem)
        marked.append(field)
    summary.show_problems(marked)
