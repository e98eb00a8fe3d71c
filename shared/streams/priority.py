"""Who works behind the commit gives way to who makes customers wait."""

import os
import threading
from contextlib import suppress

_NICENESS = 15


def give_way() -> None:
    """Give the calling thread what the machine's other work leaves over: facts may arrive late, bookings may not.

    On Linux a thread has a priority of its own (setpriority(2), "C library/kernel differences"); elsewhere nothing
    changes.
    """
    if hasattr(os, "setpriority") and os.uname().sysname == "Linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
