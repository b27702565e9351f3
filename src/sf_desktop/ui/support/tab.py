"""The part of a family file that holds support, referrals, services and activities."""

from __future__ import annotations

from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.records_card import CardsTab
from sf_desktop.ui.support.cards import ActivitiesCard, ReferralsCard, ServicesCard, SupportCard


class SupportTab(CardsTab):
    """What waits for an answer first, then what the family has, then what it was given."""

    def __init__(self, desk: Desk) -> None:
        super().__init__((ReferralsCard(desk), ServicesCard(desk), ActivitiesCard(desk), SupportCard(desk)))
