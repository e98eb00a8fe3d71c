"""What an edit changed, field by field, so that history can show old and new."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.errors import PreconditionFailed


class VersionMismatch(PreconditionFailed):
    """Somebody else changed it since the caller read it."""

    code = "request.version-mismatch"  # the same in every service
    title = "Somebody else changed this first"
    next_step = "Read the object again and repeat your change on its newest version."


class FieldChange(NamedTuple):
    """One field of an edit, before and after."""

    field: str
    old: object
    new: object


def require_version(*, seen: int, actual: int) -> None:
    """Refuse an edit of something that the caller saw in an older state.

    :raises VersionMismatch: if it has another version by now
    """
    if seen != actual:
        raise VersionMismatch("Read it again, then repeat your change.", current_version=actual)


def changes_between(*, before: Mapping[str, object], wanted: Mapping[str, object]) -> list[FieldChange]:
    """List the fields whose value would be another one."""
    return [FieldChange(name, before[name], new) for name, new in wanted.items() if before[name] != new]
