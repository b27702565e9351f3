"""What is said about opening the file of one family."""

from __future__ import annotations

INTRODUCTION = (
    "For a family that is referred to your team. Only one person is asked for here: everybody else, and all that you"
    " know of the family, is written in the file once it is open."
)
FILE = "The family file"
NAME, NAME_HINT = "What the file is called", "What the family is called in your lists. It may be changed later"
PERSON = "The first person"
PERSON_HINT = "The child or adult whom the referral is about. Write what you know; the rest can wait"
WORKER, WORKER_LABEL = "Who works with them", "Lead practitioner"
WORKER_HINT = "Somebody of your team, who has the file once your laptop and then theirs have reached the council"
FROM_HINT = "Today, or a day before"
NOT_YOU = (
    "Your supervisor opens new family files",
    (
        "A new family file is opened, and allocated, by a supervisor. Ask yours, and hand on the referral the way your"
        " council allows. Nothing is written here."
    ),
)
THROWN_AWAY = ("Thrown away", "No file was opened. For seven days you can take it back, here or under Drafts.")
TAKE_IT_BACK = "Take it back"
