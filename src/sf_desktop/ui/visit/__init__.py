"""Recording a visit, checking it and signing it."""
