"""Write down what a batch of facts tells people: items, mails and alerts, each person as they chose.

Who: the end of a listener's transaction. Rules: `domain/preference.py`, `domain/alert.py`. A mail is a delivery row
and a job row here; a worker sends it later. Says: nothing.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from services.notifications.domain.alert import crossing, large_movement
from services.notifications.domain.notice import Recipient, event_of
from services.notifications.domain.preference import DEFAULTS
from services.notifications.store.preference_store import Choice, choices_of, keep_crossings, lines_of
from services.notifications.store.told_store import Told, add_items, add_mails

_NOTHING_CHOSEN: Choice = (DEFAULTS, None)


def settle_told(session: Session, told: list[Told]) -> None:
    """Write all of it; what the same facts told before is left out, and causes no alert."""
    ids = {one.recipient.id for one in told}
    choices = choices_of(session, ids)
    for one in told:
        _route(one, choices)
    new = add_items(session, told)
    alerts = _alerts(session, new, choices)
    if alerts:
        for alert in alerts:
            _route(alert, choices)
        new += add_items(session, alerts)
    add_mails(session, [one for one in new if one.mailed])


def _route(told: Told, choices: Mapping[Recipient, Choice]) -> None:
    """Decide over which channels it goes, and when."""
    chosen = choices.get(told.recipient, _NOTHING_CHOSEN)[0]
    event = event_of(told.notice.kind)
    told.mailed = told.notice.by_mail and chosen.allows(event, "mail")
    told.mail_after = chosen.quiet_until(event, told.at)
    told.pushed = told.mail_after is None and chosen.allows(event, "push")
    told.language = chosen.language


def _alerts(session: Session, new: list[Told], choices: Mapping[Recipient, Choice]) -> list[Told]:
    """Give the alerts that these movements cause, in the order in which they were booked."""
    moved = [one for one in new if one.recipient.kind == "customer" and one.notice.amount_minor is not None]
    if not moved:
        return []
    lines = lines_of(session, {one.recipient.id for one in moved})
    before = {place: line.is_below for place, line in lines.items()}
    alerts = []
    for one in moved:
        line = lines.get((one.recipient.id, one.notice.params.get("account_id", "")))
        low = None if line is None else crossing(line, moved=one.notice)
        large = large_movement(choices.get(one.recipient, _NOTHING_CHOSEN)[1], moved=one.notice)
        # Both legs of a transfer between own accounts are of one fact: the account's leg names the alert.
        alerts += [
            replace(one, notice=notice, source=f"{one.source}/{one.notice.kind}") for notice in (low, large) if notice
        ]
    keep_crossings(session, [line for place, line in lines.items() if line.is_below != before[place]])
    return alerts
