"""Invents what is around a family: support, referrals and services, professionals, and information that passed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.kinds.information_received import InformationReceived
from sf_record.kinds.information_request import InformationRequest
from sf_record.kinds.information_shared import InformationShared
from sf_record.kinds.onward_referral import OnwardReferral
from sf_record.kinds.professional import Professional
from sf_record.kinds.service import Service
from sf_record.kinds.support import Support
from sf_record.pretend.households import Household
from sf_record.pretend.writer import Writer

_SCHOOL, _NURSE = "Pretend primary school", "Pretend health visiting team"
_SUPPORT = (
    (70, "advice", "Went through the tenancy letter together", 40, "A"),
    (42, "parenting", "Bedtime routine, tried out at home", 90, "B"),
    (14, "money", "Filled in the form for the school clothing grant", 55, "A"),
)


class AroundWriter:
    """Writes what is around one household, by its lead practitioner."""

    def __init__(self, writer: Writer, household: Household, today: date) -> None:
        self._writer, self._home, self._today = writer, household, today

    def write(self) -> None:
        """Write all of it."""
        for days, sort, what, minutes, band in _SUPPORT:
            self._support(days, sort, what, minutes, band)
        self._referrals()
        self._professionals()
        self._information()

    def _day(self, days_ago: int) -> str:
        return (self._today - timedelta(days=days_ago)).isoformat()

    def _create(self, record: object, days_ago: int, *, is_signing: bool = False) -> str:
        at = datetime.combine(self._today - timedelta(days=days_ago), time(17, 5), UTC)
        return self._writer.create(record, self._home.cast.lead, at, is_signing=is_signing)

    def _support(self, days_ago: int, sort: str, what: str, minutes: int, band: str) -> None:
        support = Support(
            what=what,
            sort=sort,
            given_on=self._day(days_ago),
            for_whom=self._home.adults[:1],
            by=self._home.cast.lead,
            minutes=minutes,
            cost_band=band,
        )
        self._create(support, days_ago)

    def _referrals(self) -> None:
        accepted = OnwardReferral(
            to_whom="Pretend speech therapy",
            what_for="Speech sounds",
            about=self._home.children[:1],
            sent_on=self._day(90),
            family_agreed=True,
            answer="accepted",
            answered_on=self._day(69),
            begins_on=self._day(60),
        )
        referral_id = self._create(accepted, 90)
        waiting = OnwardReferral(
            to_whom="Pretend debt advice",
            what_for="Rent arrears",
            about=self._home.adults[:1],
            sent_on=self._day(23),
            family_agreed=True,
            answer="waiting",
        )
        self._create(waiting, 23)
        therapy = Service(
            what="Speech therapy",
            provider="Pretend speech therapy",
            who=self._home.children[:1],
            since=self._day(60),
            how_often="Every second week",
            referral=referral_id,
        )
        self._create(therapy, 60)

    def _professionals(self) -> None:
        for name, role, agency in (
            ("Pretend Headteacher", "Headteacher", _SCHOOL),
            ("Pretend Health Visitor", "Health visitor", _NURSE),
        ):
            known = Professional(
                name=name, role=role, agency=agency, works_with=self._home.children, phone="01632 960100"
            )
            self._create(known, 100)

    def _information(self) -> None:
        asked = InformationRequest(
            direction="ours",
            agency=_SCHOOL,
            about=self._home.children[:1],
            what="Attendance since September",
            power="s10",
            asked_on=self._day(12),
            due_on=self._day(5),
        )
        self._create(asked, 12)
        told = InformationReceived(
            agency=_NURSE,
            received_on=self._day(30),
            way="phone",
            power="s11",
            reason="Two appointments were missed",
            about=self._home.children[:1],
            what="The last two checks did not take place. A new date is agreed.",
        )
        self._create(told, 30)
        refused = InformationShared(
            agency="Pretend landlord",
            about=self._home.adults[:1],
            what="Whether the family is supported by the service",
            reason="The landlord asked by telephone",
            is_lawful=False,
            is_necessary=False,
            sought="refused",
            outcome="refused",
            decided_on=self._day(20),
            authorised_by=self._home.cast.supervisor,
        )
        self._create(refused, 20, is_signing=True)
