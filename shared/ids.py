"""Identifiers: time-ordered for new things, derived for things that must come out the same twice."""

from typing import NewType
from uuid import NAMESPACE_URL, uuid5

import uuid_utils

AccountId = NewType("AccountId", str)
CustomerId = NewType("CustomerId", str)
UserId = NewType("UserId", str)
EntryId = NewType("EntryId", str)


def new_id() -> str:
    """Give a new UUIDv7 (RFC 9562) in canonical lower-case form: later ids sort after earlier ones."""
    return str(uuid_utils.uuid7())


def derived_id(*parts: str) -> str:
    """Give the same UUIDv5 for the same parts, for sagas and seeds that may run twice."""
    return str(uuid5(NAMESPACE_URL, "strongroom:" + "\x1f".join(parts)))
