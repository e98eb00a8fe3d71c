"""Canonical JSON: the bytes that hashes and fingerprints are made of, equal on every machine and in every release."""

import json
from typing import Any

import orjson

_SORTED = orjson.OPT_SORT_KEYS


def canonical_json(value: Any, *, sort_keys: bool = True) -> bytes:
    """Write a JSON value compactly in ASCII, keys in order: what `json.dumps` gives, at a tenth of its cost.

    orjson writes other characters (and DEL) as they are, and no integer past 64 bits; such values take the slow way,
    so that the bytes are the same whichever way was taken.
    """
    try:
        written = orjson.dumps(value, option=_SORTED if sort_keys else None)
        if written.isascii() and b"\x7f" not in written:
            return written
    except TypeError:
        pass
    return json.dumps(value, separators=(",", ":"), sort_keys=sort_keys, allow_nan=False).encode()


def json_text(value: Any) -> str:
    """Write a JSON value compactly, for a column of text; NaN and infinity are refused.

    :raises ValueError: if the value holds one of these
    """
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a lone surrogate, an integer past 64 bits
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
