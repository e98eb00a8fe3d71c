"""What people chose: read for a whole batch of facts at once, written for one person."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from services.notifications.domain.alert import BalanceLine, LargeAmount
from services.notifications.domain.notice import Recipient
from services.notifications.domain.preference import DEFAULTS, Preferences, QuietHours
from services.notifications.store.tables import METADATA, BalanceLineRow, PreferencesRow
from shared.store.statements import OneOf, Prepared, as_list

_PREFERENCES, _LINES = METADATA.tables["preferences"], METADATA.tables["balance_lines"]
_CHOSEN = Prepared(
    select(
        _PREFERENCES.c.recipient_kind,
        _PREFERENCES.c.recipient_id,
        _PREFERENCES.c.events,
        _PREFERENCES.c.quiet,
        _PREFERENCES.c.language,
        _PREFERENCES.c.large_minor,
        _PREFERENCES.c.large_currency,
    ).where(OneOf(_PREFERENCES.c.recipient_id, "ids")),
    ["ids"],
)
_LINES_OF = Prepared(
    select(_LINES.c.customer_id, _LINES.c.account_id, _LINES.c.currency, _LINES.c.below_minor, _LINES.c.is_below).where(
        OneOf(_LINES.c.customer_id, "ids")
    ),
    ["ids"],
)
_CROSS = Prepared(
    update(_LINES)
    .where(_LINES.c.customer_id == bindparam("customer"), _LINES.c.account_id == bindparam("account"))
    .values(is_below=bindparam("below")),
    ["below", "customer", "account"],
)

Choice = tuple[Preferences, LargeAmount | None]


def choices_of(session: Session, ids: Iterable[str]) -> dict[Recipient, Choice]:
    """Give what these people chose; who chose nothing is left out."""
    return {
        Recipient(kind, person): (
            Preferences(events, _quiet_of(quiet), language),
            None if minor is None else LargeAmount(minor, currency),
        )
        for kind, person, events, quiet, language, minor, currency in _CHOSEN.read(session, as_list(ids))
    }


def choice_of(session: Session, recipient: Recipient) -> Choice:
    """Give what one person chose, or what holds for who chose nothing."""
    return choices_of(session, [recipient.id]).get(recipient, (DEFAULTS, None))


def lines_of(session: Session, customer_ids: Iterable[str]) -> dict[tuple[str, str], BalanceLine]:
    """Give the lines under balances of these customers, by customer and account."""
    found = _LINES_OF.read(session, as_list(customer_ids))
    return {(row[0], row[1]): BalanceLine(*row) for row in found}


def keep_crossings(session: Session, lines: Sequence[BalanceLine]) -> None:
    """Write on which side of their lines the balances are now."""
    _CROSS.run(session, [(line.is_below, line.customer_id, line.account_id) for line in lines])


def keep_choice(
    session: Session,
    *,
    recipient: Recipient,
    chosen: Preferences,
    large: LargeAmount | None,
    lines: Sequence[BalanceLine],
    now: datetime,
) -> None:
    """Write one person's choices in the place of those before."""
    values: dict[str, Any] = {
        "events": chosen.events,
        "quiet": _quiet_as_json(chosen.quiet),
        "language": chosen.language,
        "large_minor": None if large is None else large.from_minor,
        "large_currency": None if large is None else large.currency,
        "updated_at": now,
    }
    whose = {"recipient_kind": recipient.kind, "recipient_id": recipient.id}
    if session.get(PreferencesRow, (recipient.kind, recipient.id)) is None:
        session.execute(insert(PreferencesRow).values(**whose, **values))
    else:
        session.execute(
            update(PreferencesRow)
            .where(
                col(PreferencesRow.recipient_kind) == recipient.kind, col(PreferencesRow.recipient_id) == recipient.id
            )
            .values(**values)
        )
    if recipient.kind == "customer":
        _keep_lines(session, customer_id=recipient.id, lines=lines)


def _keep_lines(session: Session, *, customer_id: str, lines: Sequence[BalanceLine]) -> None:
    """A line that stays where it was keeps its side: writing the same choice again causes no second alert."""
    own = col(BalanceLineRow.customer_id) == customer_id
    before = {row.account_id: row for row in session.exec(select_rows(BalanceLineRow).where(own)).all()}
    session.execute(delete(BalanceLineRow).where(own))
    for line in lines:
        old = before.get(line.account_id)
        same = old is not None and (old.currency, old.below_minor) == (line.currency, line.below_minor)
        session.execute(
            insert(BalanceLineRow).values(
                customer_id=customer_id,
                account_id=line.account_id,
                currency=line.currency,
                below_minor=line.below_minor,
                is_below=bool(same and old is not None and old.is_below),
            )
        )


def _quiet_of(stored: dict[str, str] | None) -> QuietHours | None:
    if stored is None:
        return None
    return QuietHours(time.fromisoformat(stored["from"]), time.fromisoformat(stored["to"]), stored["time_zone"])


def _quiet_as_json(quiet: QuietHours | None) -> dict[str, str] | None:
    if quiet is None:
        return None
    return {"from": f"{quiet.begins:%H:%M}", "to": f"{quiet.ends:%H:%M}", "time_zone": quiet.zone}
