"""How a mail leaves the bank at most once.

queued → sending → sent; sending → queued when the server certainly did not take it; → failed when it never will;
→ maybe-sent when nobody can know (we or the server died while handing over). A maybe-sent one is not sent again.
"""

from datetime import timedelta
from typing import Literal

State = Literal["queued", "sending", "sent", "failed", "maybe-sent"]
FINAL: frozenset[str] = frozenset({"sent", "failed", "maybe-sent"})

_FAST_TRIES = 40
_FAST_MAX_SECONDS = 10
_SLOW_SECONDS = 60


def may_settle(*, current: State, wanted: State) -> bool:
    """Tell whether a state may follow: a final one stays, unless who was given up as lost comes back and knows."""
    return current not in FINAL or (current == "maybe-sent" and wanted == "sent")


def next_try_after(*, tries: int) -> timedelta:
    """Give the pause after so many failed tries: 2, 4, 6, 8, then 10 s for some minutes, then 60 s.

    Short at first, so that mails arrive soon after the mail server is back.
    """
    if tries > _FAST_TRIES:
        return timedelta(seconds=_SLOW_SECONDS)
    return timedelta(seconds=min(2 * max(tries, 1), _FAST_MAX_SECONDS))
