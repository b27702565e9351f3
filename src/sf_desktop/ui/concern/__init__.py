"""Recording a safeguarding concern: the form, the body map, and the numbers to ring."""
