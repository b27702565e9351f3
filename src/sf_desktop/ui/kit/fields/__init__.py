"""Form fields: a label, a hint, a control and its problem, for each shape of answer."""
