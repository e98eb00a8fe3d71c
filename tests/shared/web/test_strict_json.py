"""The quick reader and the strict one agree on every body: on what is good, and on what is said of the rest."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.web.strict_json import MalformedJson, _parse_slowly, parse_strict

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
WRITTEN = st.builds(
    lambda value, escaped: json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass"),
    VALUES,
    st.booleans(),
)
PIECES = st.lists(
    st.sampled_from([b'{"a":', b'"a"', b'"b":', b",", b"}", b"{", b"[", b"]", b"1", b"-0", b"1.5", b" ", b"\\"]),
    max_size=12,
).map(b"".join)


def read(raw: bytes, reader: Any) -> tuple[str, Any]:
    try:
        return "read", repr(reader(raw))
    except MalformedJson as no:
        return "refused", no.detail


class TestParseStrict:
    @given(WRITTEN | PIECES | st.binary(max_size=20))
    @example(b'{"a":1,"a":1}')
    @example(b'{"a":{"b":1,"b":2}}')
    @example(b'[{"a":""},{"a":"","a":""}]')
    @example(b"9999999999999999999")
    @example(b"10000000000000000000")
    @example(b"-9999999999999999999")
    @example(b"-0")
    @example(b"1e400")
    @example(b"[" * 32 + b"]" * 32)
    @example(b"[" * 33 + b"]" * 33)
    @example(b'"\xed\xa0\x80"')
    @example(b"\xef\xbb\xbf{}")
    @example(b'"\x7f"')
    def test_agrees_with_the_rules(self, raw: bytes) -> None:
        assert read(raw, parse_strict) == read(raw, _parse_slowly)

    @pytest.mark.parametrize("raw", [b'{"a":1,"a":1}', b'{"a":"x","\\u0061":"x"}', b"NaN", b'"\\ud800"', b'"\\u0000"'])
    def test_refuses_what_two_readers_may_read_in_two_ways(self, raw: bytes) -> None:
        with pytest.raises(MalformedJson):
            parse_strict(raw)
