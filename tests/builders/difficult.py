"""Ten difficult families, invented, as people and relationships: what a genogram has to draw right."""

from __future__ import annotations

from dataclasses import dataclass, field

from sf_record.kinds.person import Person
from sf_record.kinds.relationship import Relationship


@dataclass
class Family:
    """People by a short id, and how they are related."""

    name: str
    people: dict[str, Person] = field(default_factory=dict)
    relations: list[Relationship] = field(default_factory=list)
    index: set[str] = field(default_factory=set)

    def add(self, key: str, name: str, sex: str = "", born: str | None = None, **more: object) -> None:
        values = {"role": "other", "given_name": name, "family_name": "Pretend", **more}
        if values.pop("index", False):
            self.index.add(key)
        self.people[key] = Person(sex=sex, born_on=born, **values)  # type: ignore[arg-type]

    def child(self, key: str, name: str, sex: str, born: str | None, **more: object) -> None:
        self.add(key, name, sex, born, **{"role": "child", "lives_here": True, **more})

    def say(self, one: str, kind: str, other: str, **more: object) -> None:
        self.relations.append(Relationship(person=one, type=kind, to_person=other, **more))  # type: ignore[arg-type]

    def parents(self, mother: str | None, father: str | None, *children: str) -> None:
        for child in children:
            if mother:
                self.say(mother, "mother", child)
            if father:
                self.say(father, "father", child)


def half_siblings() -> Family:
    it = Family("Half-siblings")
    it.add("m", "Morag", "F", "1988-04", role="parent", lives_here=True)
    it.add("f1", "Fergus", "M", "1985", role="parent", restriction="No unsupervised contact")
    it.add("f2", "Finlay", "M", "1990", role="parent", lives_here=True)
    it.child("a", "Ada", "F", "2012-02-01", index=True)
    it.child("b", "Ben", "M", "2014-06-11", index=True)
    it.child("c", "Cat", "F", "2020-01-05")
    it.parents("m", "f1", "a", "b")
    it.parents("m", "f2", "c")
    it.say("m", "former_partner", "f1", partnership="married", began_on="2010", ended_on="2016", parting="divorced")
    it.say("m", "partner", "f2", partnership="cohabiting", began_on="2018")
    it.say("a", "half_sibling", "c")
    it.say("f1", "other", "m", quality="physical_abuse")
    return it


def twins() -> Family:
    it = Family("Twins and a third")
    it.add("m", "Maud", "F", "1990", role="parent", lives_here=True)
    it.add("f", "Frank", "M", "1989", role="parent", lives_here=True)
    it.child("a", "Alma", "F", "2015-03-01", index=True)
    it.child("t1", "Tilda", "F", "2018-09-09")
    it.child("t2", "Tess", "F", "2018-09-09")
    it.child("u1", "Una", "F", "2021-05-05")
    it.child("u2", "Urban", "M", "2021-05-05")
    it.parents("m", "f", "a", "t1", "t2", "u1", "u2")
    it.say("m", "partner", "f", partnership="married", began_on="2013")
    it.say("t1", "sibling", "t2", twin="identical", quality="fused")
    it.say("u1", "sibling", "u2", twin="twin")
    return it


def death() -> Family:
    it = Family("A death")
    it.add("g", "Gwen", "F", "1950", died_on="2019")
    it.add("h", "Hugh", "M", "1948", died_on="2001-05")
    it.add("m", "Mona", "F", "1980", role="parent", lives_here=True)
    it.add("f", "Floyd", "M", "1978", role="parent", died_on="2022-11-02")
    it.child("a", "Arlo", "M", "2011-01-01", index=True)
    it.child("b", "Bea", "F", "2013-01-01", died_on="2014")
    it.parents("g", "h", "m")
    it.parents("m", "f", "a", "b")
    it.say("g", "partner", "h", partnership="married", began_on="1975")
    it.say("m", "partner", "f", partnership="married", began_on="2009")
    it.say("a", "other", "f", quality="close")
    return it


def unborn() -> Family:
    it = Family("Unborn")
    it.add("m", "Mina", "F", "2001", role="parent_to_be", lives_here=True)
    it.add("f", "Felix", "M", "1999", role="parent", lives_here=True)
    it.child("a", "Axel", "M", "2023-08-01")
    it.add("p", "", "", None, role="unborn", expected_on="2025-02-01", pregnancy_ended="miscarriage")
    it.add("s", "", "F", None, role="unborn", expected_on="2022-02-01", pregnancy_ended="stillbirth")
    it.child("u", "", "U", None, role="unborn", expected_on="2027-03-14", index=True)
    it.parents("m", "f", "a", "u", "p", "s")
    it.say("m", "partner", "f", partnership="apart", began_on="2021")
    return it


def re_partnering() -> Family:
    it = Family("Re-partnering")
    it.add("m", "Myra", "F", "1980", role="parent", lives_here=True)
    for number, name in enumerate(("Fabian", "Felipe", "Foster", "Francis"), 1):
        it.add(f"f{number}", name, "M", str(1975 + number), role="parent", lives_here=number == 4)
        it.child(f"c{number}", f"Child{number}", "MF"[number % 2], f"20{5 + 4 * number:02}-01-01", index=number > 2)
        it.parents("m", f"f{number}", f"c{number}")
        past = {"parting": "separated", "ended_on": str(2006 + 4 * number)} if number < 4 else {}
        kind = "former_partner" if past else "partner"
        it.say("m", kind, f"f{number}", partnership="cohabiting", began_on=str(2004 + 4 * number), **past)
    it.add("x", "Xenia", "F", "1983", role="parent")
    it.child("y", "Yves", "M", "2019-01-01", lives_here=False)
    it.parents("x", "f3", "y")
    it.say("f3", "partner", "x", partnership="married", began_on="2017")
    return it


def same_sex_parents() -> Family:
    it = Family("Two mothers, two fathers")
    it.add("m1", "Marian", "F", "1985", role="parent", lives_here=True)
    it.add("m2", "Meera", "F", "1987", role="parent", lives_here=True)
    it.child("a", "Abel", "M", "2016-01-01", index=True)
    it.say("m1", "mother", "a")
    it.say("m2", "mother", "a")
    it.say("m1", "partner", "m2", partnership="married", began_on="2014")
    it.add("d1", "Daniel", "M", "1984", role="parent")
    it.add("d2", "Derek", "M", "1983", role="parent")
    it.child("b", "Bela", "F", "2014-01-01", lives_here=False)
    it.say("d1", "adoptive_parent", "b", began_on="2017")
    it.say("d2", "adoptive_parent", "b", began_on="2017")
    it.say("d1", "partner", "d2", partnership="cohabiting")
    it.say("a", "other", "b", quality="distant")
    return it


def unknown_father() -> Family:
    it = Family("Unknown father")
    it.add("g", "Greta", "F", "1960", lives_here=True)
    it.add("m", "Molly", "F", "1995", role="parent", lives_here=True)
    it.child("a", "Alf", "M", "2018-01-01", index=True)
    it.child("b", "Bo", "", "2020-01-01", index=True)
    it.child("c", "Cy", "M", "2023-01-01")
    it.say("g", "mother", "m")
    it.parents("m", None, "a", "b", "c")
    it.say("a", "half_sibling", "c")
    it.say("b", "half_sibling", "c")
    return it


def fostered() -> Family:
    it = Family("A fostered child")
    it.add("m", "Mabel", "F", "1992", role="parent")
    it.add("f", "Fred", "M", "1990", role="parent")
    it.add("k", "Karen", "F", "1970", role="carer", lives_here=True)
    it.add("l", "Lionel", "M", "1968", role="carer", lives_here=True)
    it.child("a", "Anya", "F", "2017-05-05", index=True)
    it.child("o", "Olaf", "M", "2012-05-05")
    it.parents("m", "f", "a")
    it.parents("k", "l", "o")
    it.say("k", "foster_carer", "a", began_on="2023-02")
    it.say("l", "foster_carer", "a", began_on="2023-02")
    it.say("k", "partner", "l", partnership="married", began_on="1999")
    it.say("m", "partner", "f")
    it.say("a", "other", "m", quality="close")
    return it


def cut_off() -> Family:
    it = Family("Cut off, in conflict, close")
    it.add("g", "Gloria", "F", "1955")
    it.add("h", "Harold", "M", "1952")
    it.add("i", "Iris", "F", "1958")
    it.add("j", "Jack", "M", "1957")
    it.add("m", "Martha", "F", "1984", role="parent", lives_here=True)
    it.add("s", "Sheila", "F", "1980")
    it.add("f", "Fritz", "M", "1982", role="parent", lives_here=True)
    it.add("b", "Bruno", "M", "1986")
    it.child("a", "Aisha", "F", "2013-01-01", index=True)
    it.parents("g", "h", "m", "s")
    it.parents("i", "j", "f", "b")
    it.parents("m", "f", "a")
    it.say("g", "partner", "h", partnership="married", parting="divorced", began_on="1978", ended_on="1999")
    it.say("i", "partner", "j", partnership="married", began_on="1979")
    it.say("m", "partner", "f", partnership="married", began_on="2010", quality="conflict")
    it.say("m", "other", "h", quality="cut_off")
    it.say("a", "other", "g", quality="close")
    it.say("f", "sibling", "b", quality="emotional_abuse")
    it.say("s", "aunt_or_uncle", "a")
    it.say("b", "special_guardian", "a")
    return it


def large() -> Family:
    it = Family("A large family of four generations")
    for key, name, sex, born in (
        ("gg", "Great-gran", "F", "1930"), ("g1", "Gran-one", "F", "1952"), ("p1", "Pop-one", "M", "1950"),
        ("g2", "Gran-two", "F", "1955"), ("p2", "Pop-two", "M", "1953"),
    ):  # fmt: skip
        it.add(key, name, sex, born)
    it.parents("gg", None, "g1")
    for number in range(1, 4):
        it.add(f"u{number}", f"Aunt-of-a-long-name {number}", "F", str(1972 + number))
        it.add(f"v{number}", f"Uncle{number}", "M", str(1974 + number))
        it.say(f"u{number}", "partner", f"v{number}", partnership="married", began_on=str(2000 + number))
        for child in range(1, 3):
            it.child(f"k{number}{child}", f"Cousin{number}{child}", "FM"[child % 2], f"20{5 + number + child:02}-01",
                     lives_here=False)  # fmt: skip
            it.parents(f"u{number}", f"v{number}", f"k{number}{child}")
    it.add("m", "Mother", "F", "1980", role="parent", lives_here=True)
    it.add("f", "Father", "M", "1979", role="parent", lives_here=True)
    it.add("e", "Elder-brother", "M", "1976")
    it.parents("g1", "p1", "u1", "u2", "m", "u3")
    it.parents("g2", "p2", "f", "e")
    it.say("m", "partner", "f", partnership="married", began_on="2004")
    it.say("g1", "partner", "p1", partnership="married", began_on="1971")
    it.say("g2", "partner", "p2", partnership="married", parting="separated", began_on="1974", ended_on="1990")
    for number in range(1, 8):
        it.child(f"c{number}", f"Child{number}", "MF"[number % 2], f"20{5 + 2 * number:02}-03-03", index=number > 4)
        it.parents("m", "f", f"c{number}")
    it.add("z", "Neighbour-known-to-all", "", None)
    return it


FAMILIES = {
    each.__name__: each
    for each in (
        half_siblings, twins, death, unborn, re_partnering, same_sex_parents, unknown_father, fostered, cut_off, large,
    )
}  # fmt: skip
