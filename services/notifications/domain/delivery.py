"""How a mail leaves the bank at most once.

queued → sending → sent; sending → queued when the server certainly did not take it; → failed when it never will;
→ maybe-sent when nobody can know (we or the server died while handing over). A maybe-sent one is not sent again.
"""

from typing import Literal

from shared.errors import Conflict, NotFound

State = Literal["queued", "sending", "sent", "failed", "maybe-sent"]
FINAL: frozenset[str] = frozenset({"sent", "failed", "maybe-sent"})

SERVER_DOWN = "no mail server"
"""Why a delivery waits, when it only waits for the mail server to be back."""


def may_settle(*, current: State, wanted: State) -> bool:
    """Tell whether a state may follow: a final one stays, unless who was given up as lost comes back and knows."""
    return current not in FINAL or (current == "maybe-sent" and wanted == "sent")


class DeliveryNotFound(NotFound):
    """There is no such mail."""

    code = "notifications.delivery-not-found"
    title = "No such mail"
    next_step = "List the deliveries again."


class NotToBeResent(Conflict):
    """The mail is on its way, or was sent: once more would be twice."""

    code = "notifications.not-to-be-resent"
    title = "The mail is on its way or was sent"
    next_step = "Only mails that failed, or that were maybe sent, can be sent again."


def check_resendable(*, current: State) -> None:
    """Let a person send again what failed or was maybe sent: they decide that twice is better than never.

    :raises NotToBeResent: if it waits, is being sent, or was sent
    """
    if current not in ("failed", "maybe-sent"):
        raise NotToBeResent(f"It is {current}.", state=current)
