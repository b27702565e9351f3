"""One page about a laptop for whoever must answer for it: what it holds, until when, what it was ordered.

It names the worker by their username, and their team; no family, and nothing that anybody wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from sf_council.cli.which_laptop import minute, state
from sf_council.database import audit
from sf_council.database.family import allocations, families
from sf_council.database.identity import workers
from sf_council.database.laptop import devices, laptops, wipe_receipts
from sf_council.database.laptop.laptops import Known
from sf_record.dates import day_in_england, read_moment
from sf_record.wire.orders import AT_LEASE_END, BY_ORDER, BY_ORDER_LOCKED

_UNSEEN = timedelta(days=1)  # after an order was made: "not seen since" is worth saying
TOO_OLD = (
    "too old to take an order to wipe, or a lease. Have it updated: it is told in its first round after that.",
    "Where that cannot be, have the laptop brought in; sf-council device revoke refuses it meanwhile.",
)
"""What is said of a laptop whose program speaks version 1 of the protocol, in lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """One order to wipe, with its dates; ``state`` is withdrawn, ordered, delivered, confirmed or never seen again.

    ``last_seen_at`` is when the laptop was here last, where it was not seen since the order.
    """

    reason: str
    state: str
    ordered_at: str
    delivered_at: str | None
    confirmed_at: str | None
    withdrawn_at: str | None
    last_seen_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the council knows of one laptop. Moments are UTC; counts are as the laptop said them last."""

    device_id: str
    worker_id: str
    username: str
    team: str
    enrolled_at: str
    revoked_at: str | None
    has_recovery_slot: bool
    last_round_at: str | None
    takes_orders: bool  # False: its program is too old for an order to wipe, and for a lease
    families_held: int | None
    unsent: int | None
    reported_at: str | None
    families_in_scope: tuple[str, ...]
    registers_in_scope: tuple[str, ...]  # the files of groups
    not_released: tuple[str, ...]  # files out of scope that it had, by whatever way they left, and no receipt came
    not_named: int  # files that it said it holds beyond all that are named here; 0 where that is not known
    is_cleared: bool  # it said that it destroyed everything, after all that it said of what it holds
    locks_at: str | None
    wipes_at: str | None
    orders: tuple[Ordered, ...]
    wiped_at_lease_end: tuple[str, ...]
    released: tuple[dict[str, Any], ...]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def page(connection: Connection, council_id: str, row: Row[Any], now: datetime) -> Page:
    """Put together the page of one laptop."""
    here = laptops.known(connection, council_id, row.device_id)
    known = here.row
    worker = workers.get(connection, council_id, row.worker_id)
    today = day_in_england(now).isoformat()
    scope = allocations.caseload(connection, council_id, worker, today) if worker is not None else ()
    registers = families.groups(connection, council_id, [each.family_id for each in scope])
    reports = laptops.reports(connection, council_id, row.device_id)
    orders = laptops.orders(connection, council_id, row.device_id)
    seen_at = known.round_at if known is not None else None
    released = _released(connection, council_id, row.device_id)
    in_scope = {each.family_id for each in scope}
    cleared = any(each.at >= (seen_at or "") for each in reports if _is_due(each, orders, here))
    since = row.created_at[:10]
    ended: dict[str, str] = {}
    if not cleared and worker is not None:
        ended |= allocations.ended_since(connection, council_id, worker, since, today)
        for family_id, at in audit.last_sent(connection, council_id, row.device_id).items():
            if family_id not in in_scope:
                ended[family_id] = max(at, ended.get(family_id, ""))
    not_released = _not_released(released, ended)
    return Page(
        device_id=row.device_id,
        worker_id=row.worker_id,
        username=workers.username(connection, council_id, row.worker_id),
        team=workers.teams(connection, council_id).get((worker.team_id if worker else None) or "", ""),
        enrolled_at=row.created_at,
        revoked_at=row.revoked_at,
        has_recovery_slot=devices.slot(connection, council_id, row.device_id) is not None,
        last_round_at=seen_at,
        takes_orders=here.takes_orders,
        families_held=known.families if known is not None else None,
        unsent=known.unsent if known is not None else None,
        reported_at=known.reported_at if known is not None else None,
        families_in_scope=tuple(each.family_id for each in scope if each.family_id not in registers),
        registers_in_scope=tuple(sorted(registers)),
        not_released=not_released,
        not_named=0 if cleared else _not_named(known, in_scope.union(not_released), released),
        is_cleared=cleared,
        locks_at=here.locks_at,
        wipes_at=here.wipes_at,
        orders=tuple(_ordered(each, _confirmed(each, reports), seen_at, now) for each in orders),
        wiped_at_lease_end=tuple(each.at for each in reports if each.why == AT_LEASE_END),
        released=released,
    )


def standing(connection: Connection, council_id: str, row: Row[Any], now: datetime) -> tuple[str, ...]:
    """Say in a word or two how a laptop stands: refused or not, what became of the last order, whether it was cleared.

    Its own word that it was cleared counts where it was due, as on its page.
    """
    here = laptops.known(connection, council_id, row.device_id)
    reports = laptops.reports(connection, council_id, row.device_id)
    seen_at = here.row.round_at if here.row is not None else None
    stands = [each for each in laptops.orders(connection, council_id, row.device_id) if each.withdrawn_at is None]
    ended = [each for each in reports if each.why == AT_LEASE_END and _is_due(each, (), here)]
    return (
        state(row),
        *([] if here.takes_orders else ["program too old to take orders"]),
        *(f"wipe {_order_words(_ordered(each, _confirmed(each, reports), seen_at, now))}" for each in stands[-1:]),
        *(f"cleared at the end of its lease, told {_when(each.at)}" for each in ended[-1:]),
    )


def lines(shown: Page) -> list[str]:
    """Return the page as it is printed."""
    said = f" (as it said at {_when(shown.reported_at)})" if shown.reported_at else ""
    rows = [
        ("laptop", shown.device_id),
        ("worker", f"{shown.username} ({shown.worker_id})"),
        ("team", shown.team or "none"),
        ("set up", _when(shown.enrolled_at)),
        ("state", f"revoked {_when(shown.revoked_at)}" if shown.revoked_at else "active"),
        ("recovery slot", "kept" if shown.has_recovery_slot else "none"),
        ("last round", _when(shown.last_round_at) if shown.last_round_at else "never"),
        *([] if shown.takes_orders else [("program", TOO_OLD[0]), *(("", words) for words in TOO_OLD[1:])]),
        ("files held", _held(shown, said)),
        ("unsent events", f"{_count(shown.unsent)}{said}"),
        ("lease", _lease(shown)),
        ("in scope now", _scope(shown)),
        *(("", family_id) for family_id in shown.families_in_scope),
        *(("", f"{group_id}  a group's register") for group_id in shown.registers_in_scope),
        *([("may be there", _may_be_there(shown))] if shown.not_released else []),
        *(("", family_id) for family_id in shown.not_released),
        *([("not named", _more(shown))] if shown.not_named else []),
        *(("wipe", _order_words(each)) for each in shown.orders),
        *(("wiped", _at_lease_end(at, shown.wipes_at)) for at in shown.wiped_at_lease_end),
        *(("released", f"{_when(each['at'])}  {each['family_id']}  {each['reason']}") for each in shown.released),
    ]
    return [f"{name:<14}{words}".rstrip() for name, words in rows]


def _held(shown: Page, said: str) -> str:
    if shown.is_cleared:
        return "none: it said that it was cleared"
    return f"{_count(shown.families_held)}{said}, of families and of groups"


def _is_due(report: Row[Any], orders: Sequence[Row[Any]], here: Known) -> bool:
    """Say whether a laptop's word that it was wiped came when it was due: by an order, or with its lease ended here.

    Such words lie ready beside a vault, for when nobody unlocks it: whoever has the disk and the keyring can send them.
    """
    if report.why == AT_LEASE_END:
        return not _is_early(report.at, here.wipes_at)
    return any(_confirmed(each, (report,)) is not None for each in orders)


def _is_early(at: str, wipes_at: str | None) -> bool:
    return wipes_at is not None and at < wipes_at


def _at_lease_end(at: str, wipes_at: str | None) -> str:
    said = f"at the end of its lease, told {_when(at)}"
    early = ": before that by the council's clock. Its own is wrong, or somebody else said it: look at the laptop"
    return said + (early if _is_early(at, wipes_at) else "")


def _may_be_there(shown: Page) -> str:
    count = len(shown.not_released)
    return f"{count} {'file' if count == 1 else 'files'} out of scope by now, of which no receipt came"


def _not_released(released: Sequence[dict[str, Any]], ended: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files that a laptop may still hold though its worker has them no more, such as one with a draft.

    A receipt counts from the moment at which it was signed, or came where the laptop's clock is ahead.
    """
    left: dict[str, str] = {}
    for each in released:
        at = min(str(each["at"]), str(each["received_at"]))
        left[each["family_id"]] = max(at, left.get(each["family_id"], ""))
    return tuple(sorted(each for each, day in ended.items() if left.get(each, "") < day))


def _not_named(known: Any | None, named: Collection[str], released: Sequence[dict[str, Any]]) -> int:
    """Return how many files more than the named ones a laptop said that it holds; one that left since is not missed."""
    if known is None or known.families is None:
        return 0
    left = {each["family_id"] for each in released if each["received_at"] >= known.reported_at}
    return max(0, int(known.families) - len(left.union(named)))


def _more(shown: Page) -> str:
    count = f"{shown.not_named} {'file' if shown.not_named == 1 else 'files'} more than are named here"
    return f"{count}: opened there and not sent yet, or forgotten by a council that was restored"


def _scope(shown: Page) -> str:
    families = len(shown.families_in_scope)
    said = "1 family file" if families == 1 else f"{families} family files"
    groups = len(shown.registers_in_scope)
    return f"{said}, {groups} {'register of a group' if groups == 1 else 'registers of groups'}" if groups else said


def _confirmed(order: Row[Any], reports: Sequence[Row[Any]]) -> str | None:
    """Return when the laptop said that it obeyed. One that nobody had unlocked could name its last lease only."""
    for each in reports:
        if each.why == BY_ORDER and each.number == order.number:
            return str(each.at)
        if each.why == BY_ORDER_LOCKED and each.number < order.number and each.at >= order.ordered_at:
            return str(each.at)
    return None


def _ordered(row: Row[Any], confirmed_at: str | None, seen_at: str | None, now: datetime) -> Ordered:
    is_unseen = now - read_moment(row.ordered_at) > _UNSEEN and (seen_at or "") < row.ordered_at
    last_seen_at = None
    if row.withdrawn_at is not None:
        state = "withdrawn"
    elif confirmed_at is not None:
        state = "confirmed"
    elif row.delivered_at is not None:
        state = "delivered"
    else:
        last_seen_at = seen_at if is_unseen else None
        state = "ordered, never seen again" if is_unseen else "ordered"
    return Ordered(
        reason=row.reason,
        state=state,
        ordered_at=row.ordered_at,
        delivered_at=row.delivered_at,
        confirmed_at=confirmed_at,
        withdrawn_at=row.withdrawn_at,
        last_seen_at=last_seen_at,
    )


def _order_words(order: Ordered) -> str:
    dates = (
        ("ordered", order.ordered_at),
        ("delivered", order.delivered_at),
        ("confirmed", order.confirmed_at),
        ("withdrawn", order.withdrawn_at),
        ("last seen", order.last_seen_at),
    )
    return f"{order.state} ({order.reason}): " + ", ".join(f"{name} {_when(at)}" for name, at in dates if at)


def _lease(shown: Page) -> str:
    if shown.locks_at is None or shown.wipes_at is None:
        return "none given yet" if shown.takes_orders else "none: it neither locks nor clears itself, however long away"
    return f"locks {_when(shown.locks_at)}, cleared {_when(shown.wipes_at)}, unless it is heard of before"


def _when(moment: str) -> str:
    return f"{minute(moment)} UTC"


def _count(number: int | None) -> str:
    return "not known" if number is None else str(number)


def _released(connection: Connection, council_id: str, device_id: str) -> tuple[dict[str, Any], ...]:
    """Return the family files that left this laptop, by its own signed receipts."""
    kept = wipe_receipts.of_device(connection, council_id, device_id)
    return tuple(
        {
            "at": each.receipt.at,
            "received_at": each.received_at,
            "family_id": left.family_id,
            "reason": left.reason,
            "records": left.records,
        }
        for each in kept
        for left in each.receipt.families
    )
