"""One at a time: whoever works on a name has it alone in this process, the others wait for their turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from shared.errors import Unavailable

_WAIT_SECONDS = 8.0  # shorter than a person's request lives, so that who waits in vain still gets an answer

_changed = Condition()
_taken: set[str] = set()


@contextmanager
def take_turn(name: str) -> Iterator[None]:
    """Work on something that has this name while nobody else in this process does.

    :raises Unavailable: if somebody else has it for too long
    """
    with _changed:
        if not _changed.wait_for(lambda: name not in _taken, timeout=_WAIT_SECONDS):
            raise Unavailable("Another request is at work on this.", retry_after_seconds=1)
        _taken.add(name)
    try:
        yield
    finally:
        with _changed:
            _taken.discard(name)
            _changed.notify_all()
