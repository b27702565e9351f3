"""Writes invented prose about an invented family: sentences put together from phrases, of as many words as wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sf_record.pretend import phrases as p
from sf_record.pretend import vocabulary as v
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
        return self.words(min(int(words), NOTE_WORDS_LONGEST - 24))  # the last sentence ends a few words later)

    def voice(self) -> str:
        """Return what a child said."""
        said = [f"{child}: “{self._random.choice(p.VOICES)}.”" for child in self._children]
        return "\n".join(said)


def _forms(adults: Sequence[str], children: Sequence[str]) -> tuple[tuple[Part, ...], ...]:
    someone = (*adults, *p.PROFESSIONALS)
    lower = tuple(each[0].lower() + each[1:] for each in p.PROFESSIONALS)
    thing: tuple[Part, ...] = (v.ADJECTIVES, " ", v.OBJECTS)
    also: tuple[Part, ...] = (v.ADJECTIVES, ", ", v.ADJECTIVES, " ", v.OBJECTS)
    return (
        (adults, " ", v.ADVERBS, " said that ", p.TOPICS, " ", p.GOING, " ", p.WHEN, "."),
        (children, " showed me the ", *thing, " and ", v.ADVERBS, " told me about the ", *also, "."),
        ("We talked about ", p.TOPICS, " on ", v.DAYS, ", and ", adults, " would ", p.ACTIONS, " ", p.BY, "."),
        ("The ", p.ROOMS, " was ", p.STATES, ". The ", *thing, " is mended, and we looked at the ", *thing, "."),
        (children, " was ", p.MOODS, " and ", v.ADVERBS, " ", p.DID, ", then drew the ", *also, "."),
        (p.PROFESSIONALS, " ", p.REPORTED, " on ", v.DAYS, " that ", children, " ", p.SCHOOL, "."),
        ("At the ", v.PLACES, " on ", v.DAYS, " we saw the ", *thing, ", the ", *thing, " and the ", *also, "."),
        ("I explained ", p.EXPLAINED, " and ", adults, " ", v.ADVERBS, " ", p.RESPONDED, "."),
        ("The plan is for ", adults, " to ", p.ACTIONS, " ", p.BY, " and for ", lower, " to ", p.ACTIONS, "."),
        (adults, " bought the ", *thing, " near the ", v.PLACES, " for ", v.NUMBERS, " pence on ", v.DAYS, "."),
        ("I asked about ", p.TOPICS, " and the ", *thing, "; ", adults, " said ", p.ANSWERS, "."),
        ("At ", v.TIMES, " I ", p.CONTACTED, " ", p.BODIES, " about ", p.TOPICS, " for ", v.NUMBERS, " minutes."),
        (children, " drew the ", *thing, " by the ", v.PLACES, " and said “", p.VOICES, ".”"),
        (someone, " will ", p.ACTIONS, " ", p.BY, ", then meet us at the ", v.PLACES, " at ", v.TIMES, "."),
        ("By ", v.TIMES, " we had looked at ", p.TOPICS, " and the ", *thing, ", and it ", p.GOING, "."),
        ("It was good to see that ", children, " ", p.SCHOOL, ", which ", adults, " was ", v.ADVERBS, " glad to hear."),
        (
            children,
            " ",
            v.ADVERBS,
            " told a story of the ",
            *also,
            ", the ",
            *thing,
            " and the ",
            *thing,
            ", ",
            p.WHEN,
            ".",
        ),
        ("From the ", v.PLACES, " to the ", v.PLACES, " it is ", v.NUMBERS, " steps, ", children, " counted."),
    )
