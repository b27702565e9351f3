"""The part of a family file that holds support, referrals, services and activities."""

from __future__ import annotations

from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.records_card import CardsTab
from sf_desktop.ui.support.cards import ActivitiesCard, ReferralsCard, ServicesCard, SupportCard
from sf_desktop.ui.support.groups import GroupsCard


class SupportTab(CardsTab):
    """What waits for an answer first, then what the family has, then what it was given."""

    def __init__(self, desk: Desk) -> None:
        activities, support = ActivitiesCard(desk), SupportCard(desk)
        super().__init__((ReferralsCard(desk), ServicesCard(desk), activities, support))
        self.groups = GroupsCard(desk)
        self.groups.failed.connect(self.failed)
        self.layout_.insertWidget(self.layout_.indexOf(support), self.groups)

    def show_family(self, family_id: str) -> None:
        super().show_family(family_id)
        self.groups.show_family(family_id)
