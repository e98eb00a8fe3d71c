"""How a mail leaves the bank at most once.

queued → sending → sent; sending → queued when the server certainly did not take it; → failed when it never will;
→ maybe-sent when nobody can know (we or the server died while handing over). A maybe-sent one is not sent again.
"""

from typing import Literal

State = Literal["queued", "sending", "sent", "failed", "maybe-sent"]
FINAL: frozenset[str] = frozenset({"sent", "failed", "maybe-sent"})

SERVER_DOWN = "no mail server"
"""Why a delivery waits, when it only waits for the mail server to be back."""


def may_settle(*, current: State, wanted: State) -> bool:
    """Tell whether a state may follow: a final one stays, unless who was given up as lost comes back and knows."""
    return current not in FINAL or (current == "maybe-sent" and wanted == "sent")
