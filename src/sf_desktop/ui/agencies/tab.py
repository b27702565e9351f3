"""The part of a family file that holds the agencies around the family and what passes between them and us."""

from __future__ import annotations

from sf_desktop.ui.agencies.cards import ProfessionalsCard, ReceivedCard, RequestsCard, SharedCard
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.records_card import CardsTab


class AgenciesTab(CardsTab):
    """Who they are, what is outstanding, what came, and what left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__((ProfessionalsCard(desk), RequestsCard(desk), ReceivedCard(desk), SharedCard(desk)))
