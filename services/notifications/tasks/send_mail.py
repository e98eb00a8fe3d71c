"""Send one mail: ask for the contact, write the mail, hand it to the mail server at most once.

Runs in the worker; the job row says which delivery. Rule: `domain/delivery.py`. What fails for now raises `TryLater`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.message import EmailMessage

import structlog

from services.notifications.clients.accounts import Accounts
from services.notifications.clients.identity import Identity
from services.notifications.clients.mail_server import MailServer, MaybeSent, NotSent
from services.notifications.clients.mail_text import make_mail
from services.notifications.domain.delivery import FINAL, State
from services.notifications.settings import NotificationsSettings
from services.notifications.store.delivery_store import get_delivery
from services.notifications.store.tables import DeliveryRow
from services.notifications.use_cases.settle_delivery import settle_delivery
from services.notifications.use_cases.start_delivery import start_delivery
from shared.clock import now
from shared.errors import Fault, Unavailable
from shared.store.engine import Store

_log = structlog.get_logger("bank.mail")


class TryLater(Fault):
    """The mail certainly did not leave; it shall be tried again."""


@dataclass(frozen=True, slots=True)
class MailRoom:
    """What sending needs: the store, who knows addresses, and the mail server."""

    store: Store
    settings: NotificationsSettings
    accounts: Accounts
    identity: Identity
    server: MailServer


def send_mail(room: MailRoom, *, delivery_id: str, asked_at: datetime | None = None) -> State:
    """Bring one delivery to an end and give its state; `asked_at` is when a person asked for it once more.

    :raises TryLater: if accounts or the mail server do not take part now
    """
    with room.store.read() as session:
        delivery = get_delivery(session, delivery_id=delivery_id)
    if delivery.state in FINAL:
        return delivery.state
    if delivery.state == "sending":
        # A try before this one died while handing over: the mail may have left, so it is not sent again.
        return _settle(room, delivery_id, "maybe-sent", "a try ended while handing over")
    if now() - (asked_at or delivery.created_at) > timedelta(hours=room.settings.mail_give_up_after_hours):
        return _settle(room, delivery_id, "failed", "given up")
    return _try_to_send(room, delivery)


def _try_to_send(room: MailRoom, delivery: DeliveryRow) -> State:
    try:
        knows = room.identity if delivery.recipient_kind == "user" else room.accounts
        contact = knows.contact_of(delivery.recipient_id)
    except Unavailable as down:
        raise TryLater(down.detail) from down
    if contact is None:
        return _settle(room, delivery.id, "failed", f"no such {delivery.recipient_kind}")
    try:
        message = make_mail(
            kind=delivery.template,
            params=delivery.params,
            contact=contact,
            sender=room.settings.mail_from,
            delivery_id=delivery.id,
            now=now(),
            language=delivery.language,
        )
    except (ValueError, MessageError) as wrong:
        return _settle(room, delivery.id, "failed", f"not a mail: {type(wrong).__name__}")
    return _hand_over(room, delivery.id, message, contact.email)


def _hand_over(room: MailRoom, delivery_id: str, message: EmailMessage, recipient: str) -> State:
    def take() -> bool:
        with room.store.write() as session:
            return start_delivery(session, delivery_id=delivery_id, now=now())

    try:
        was_ours = room.server.send(message, recipient=recipient, before_text=take)
    except MaybeSent as unknown:
        return _settle(room, delivery_id, "maybe-sent", str(unknown))
    except NotSent as refused:
        if refused.permanent:
            return _settle(room, delivery_id, "failed", str(refused))
        _settle(room, delivery_id, "queued", str(refused))
        raise TryLater(str(refused)) from refused
    if not was_ours:
        raise TryLater("another try was at it")
    return _settle(room, delivery_id, "sent", None)


def _settle(room: MailRoom, delivery_id: str, state: State, error: str | None) -> State:
    with room.store.write() as session:
        settle_delivery(session, delivery_id=delivery_id, state=state, now=now(), error=error)
    if state != "queued":
        _log.info("mail.settled", delivery_id=delivery_id, state=state)
    return state
