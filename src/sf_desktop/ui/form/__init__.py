"""Forms made from the descriptions of sf_record: a new kind of record has a decent form with no code of its own.

- `FormContext`, `Choosable`: what a form must know besides its description
- `Form`: the sections of one kind, its body, problems and place
- `FormSection`: one group on its card
- `Autosave`: saves within two seconds of typing and on leaving a field, one save at a time
"""

from sf_desktop.ui.form.autosave import Autosave
from sf_desktop.ui.form.context import Choosable, FormContext
from sf_desktop.ui.form.form import Form, plain_problem
from sf_desktop.ui.form.section import FormSection

__all__ = ["Autosave", "Choosable", "Form", "FormContext", "FormSection", "plain_problem"]
