"""Writes invented prose about an invented family: sentences put together from phrases, of as many words as wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sf_record.pretend import phrases as p
from sf_record.pretend.chance import Randomness

NOTE_WORDS_MEDIAN = 212
NOTE_WORDS_95TH = 830
NOTE_WORDS_LONGEST = 2_700
_SPREAD = math.log(NOTE_WORDS_95TH / NOTE_WORDS_MEDIAN) / 1.645  # 1.645 standard deviations reach the 95th percentile

Part = str | Sequence[str]


class Prose:
    """Writes about one family's people."""

    def __init__(self, randomness: Randomness, adults: Sequence[str], children: Sequence[str]) -> None:
        self._random = randomness
        self._children = tuple(children)
        self._forms = _forms(tuple(adults), tuple(children))

    def sentence(self) -> str:
        """Return one sentence."""
        choice = self._random.choice
        return "".join([part if isinstance(part, str) else choice(part) for part in choice(self._forms)])

    def words(self, count: int) -> str:
        """Return whole sentences, in paragraphs, of at least so many words but never a sentence too many."""
        paragraphs: list[str] = []
        sentences: list[str] = []
        while count > 0:
            sentence = self.sentence()
            count -= sentence.count(" ") + 1
            sentences.append(sentence)
            if len(sentences) == 5:
                paragraphs.append(" ".join(sentences))
                sentences = []
        if sentences:
            paragraphs.append(" ".join(sentences))
        return "\n\n".join(paragraphs)

    def note(self) -> str:
        """Return the text of a case note, as long as case notes are: mostly short, a few very long."""
        words = self._random.lognormvariate(math.log(NOTE_WORDS_MEDIAN - 6), _SPREAD)
        return self.words(min(int(words), NOTE_WORDS_LONGEST - 6))  # the last sentence ends a few words later)

    def voice(self) -> str:
        """Return what a child said."""
        said = [f"{child}: “{self._random.choice(p.VOICES)}.”" for child in self._children]
        return "\n".join(said)


def _forms(adults: Sequence[str], children: Sequence[str]) -> tuple[tuple[Part, ...], ...]:
    someone = (*adults, *p.PROFESSIONALS)
    numbers = tuple(str(number) for number in range(2, 60))
    times = tuple(f"{hour:02}:{minute:02}" for hour in range(8, 19) for minute in range(0, 60, 5))
    lower = tuple(each[0].lower() + each[1:] for each in p.PROFESSIONALS)
    return (
        (adults, " said that ", p.TOPICS, " ", p.GOING, " ", p.WHEN, "."),
        (children, " showed me ", p.THINGS, " and told me about ", p.THINGS, "."),
        ("We talked about ", p.TOPICS, " and agreed that ", adults, " would ", p.ACTIONS, " ", p.BY, "."),
        ("The ", p.ROOMS, " was ", p.STATES, ", and ", children, " had ", p.THINGS, " there."),
        (children, " was ", p.MOODS, " and ", p.DID, "."),
        (p.PROFESSIONALS, " ", p.REPORTED, " that ", children, " ", p.SCHOOL, " ", p.WHEN, "."),
        ("I explained ", p.EXPLAINED, " and ", adults, " ", p.RESPONDED, "."),
        ("The plan is for ", adults, " to ", p.ACTIONS, " ", p.BY, " and for ", lower, " to ", p.ACTIONS, "."),
        ("I asked about ", p.TOPICS, "; ", adults, " said ", p.ANSWERS, "."),
        ("At ", times, " I ", p.CONTACTED, " ", p.BODIES, " about ", p.TOPICS, " for ", numbers, " minutes."),
        (children, " said “", p.VOICES, ".”"),
        (someone, " will ", p.ACTIONS, " ", p.BY, ", and I will write it on the plan."),
        ("By ", times, " we had looked at ", p.TOPICS, ", and ", adults, " felt that it ", p.GOING, "."),
        ("It was good to see that ", children, " ", p.SCHOOL, ", which ", adults, " was glad to hear."),
    )
