"""Reading deliveries."""

from sqlmodel import Session, select

from services.notifications.domain.delivery import SERVER_DOWN
from services.notifications.store.tables import DeliveryRow


def waits_for_server(session: Session) -> bool:
    """Tell whether any mail only waits for the mail server to be back."""
    waiting = select(DeliveryRow.id).where(DeliveryRow.state == "queued", DeliveryRow.last_error == SERVER_DOWN)
    return session.exec(waiting.limit(1)).first() is not None
