"""Under which power information about a family is asked for, received and shared, and by which way."""

from __future__ import annotations

AGREEMENT, OTHER = "agreement", "other"

POWERS = (
    (AGREEMENT, "The family agreed to it"),
    ("s10", "Cooperation to improve wellbeing: section 10, Children Act 2004"),
    ("s11", "Safeguarding duty: section 11, Children Act 2004"),
    ("s17", "Child in need: section 17, Children Act 1989"),
    ("s47", "Enquiry about significant harm: section 47, Children Act 1989"),
    ("court", "Order of a court"),
    (OTHER, "Another power, written below"),
)
WAYS = (
    ("phone", "Telephone"),
    ("email", "Secure email"),
    ("letter", "Letter"),
    ("meeting", "Meeting"),
    ("portal", "Secure portal"),
)
