"""JSON read so that two readers can never understand it differently.

Refused: duplicate keys, NaN and Infinity, numbers that overflow (1e400, integers over 19 digits), lone surrogates and
NUL in texts, invalid UTF-8, nesting deeper than 32. Python's own reader lets all of these pass.

Most bodies are small, flat and plain. orjson reads those some ten times faster; whatever is not plainly good is read
again, slowly, by the rules below, which also say what is wrong with it.
"""

import json
import math
from collections.abc import Iterable
from typing import Any

import orjson

from shared.errors import Malformed

MAX_DEPTH = 32
_INTEGER_DIGITS = 19
_TOO_LARGE = 10**_INTEGER_DIGITS
_UNSURE = -(10**12)


class MalformedJson(Malformed):
    """The body is not JSON that we read."""

    code = "request.malformed-json"
    title = "The body is not JSON that can be read in one way only"
    next_step = "Send JSON in UTF-8 in which every key stands once."


def parse_strict(raw: bytes) -> Any:
    """Parse a body.

    :raises MalformedJson: with a sentence that says what is wrong, without repeating the body
    """
    # Without a backslash there are as many quotation marks as keys and texts need, unless a key came twice.
    if b"\\" not in raw:
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return _parse_slowly(raw)
        if _quotation_marks(value, MAX_DEPTH) == raw.count(b'"'):
            return value
    return _parse_slowly(raw)


def _quotation_marks(value: Any, depth: int) -> int:
    """Count the marks that a value needs; a large negative number if it has to be looked at more closely."""
    kind = type(value)
    if kind is str:
        return 2
    if kind is int:
        return 0 if -_TOO_LARGE < value < _TOO_LARGE else _UNSURE
    if kind is dict or kind is list:
        if depth == 0:
            return _UNSURE
        if kind is dict:
            return 2 * len(value) + sum(_quotation_marks(inner, depth - 1) for inner in value.values())
        return sum(_quotation_marks(inner, depth - 1) for inner in value)
    return _UNSURE if kind is float else 0


def _parse_slowly(raw: bytes) -> Any:
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_integer
        )
    except UnicodeDecodeError:
        raise MalformedJson("The body is not UTF-8.") from None
    except RecursionError:
        raise MalformedJson(f"The body is nested deeper than {MAX_DEPTH} levels.") from None
    except json.JSONDecodeError as wrong:
        raise MalformedJson(f"The body is not JSON: line {wrong.lineno}, column {wrong.colno}.") from None
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH:
        _check_depth(value)
    if b"\\" in raw:
        _check_texts(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedJson("An object has the same key twice.")
    return found


def _constant(_name: str) -> Any:
    raise MalformedJson("NaN and Infinity are not JSON.")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise MalformedJson("A number is too large.")
    return value


def _integer(text: str) -> int:
    if len(text) > _INTEGER_DIGITS + text.startswith("-"):
        raise MalformedJson("A number is too large.")
    return int(text)


def _check_depth(value: Any) -> None:
    level, depth = _containers([value]), 0
    while level:
        depth += 1
        level = _containers(child for held in level for child in (held.values() if isinstance(held, dict) else held))
        if depth > MAX_DEPTH:
            raise MalformedJson(f"The body is nested deeper than {MAX_DEPTH} levels.")


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if isinstance(value, dict | list)]


def _check_texts(value: Any) -> None:
    """Only an escape can bring a surrogate or a NUL into a text: UTF-8 has none, and JSON allows no bare NUL."""
    try:
        written = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise MalformedJson("A text holds half of a surrogate pair.") from None
    # json.dumps writes a NUL as \u0000; an escaped backslash before it would make it \\u0000.
    if b"\\u0000" in written.replace(b"\\\\", b""):
        raise MalformedJson("A text holds a NUL character.")
