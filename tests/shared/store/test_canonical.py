"""The bytes that hashes stand on do not depend on which library wrote them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.store.canonical import canonical_json, json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(min_value=-(2**70), max_value=2**70) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


class TestCanonicalJson:
    @given(VALUES)
    def test_gives_the_bytes_of_the_standard_library(self, value: object) -> None:
        assert canonical_json(value) == json.dumps(value, separators=(",", ":"), sort_keys=True).encode()

    @given(st.lists(st.dictionaries(st.text(), st.integers())))
    def test_keeps_the_order_of_keys_if_asked(self, value: object) -> None:
        assert canonical_json(value, sort_keys=False) == json.dumps(value, separators=(",", ":")).encode()

    @pytest.mark.parametrize("text", ["\ud800", "Zoë", "\u2028", "\x7f\x00", '"\\/'])
    def test_writes_every_character_as_ascii(self, text: str) -> None:
        assert canonical_json([text]) == json.dumps([text]).encode()


class TestJsonText:
    @given(VALUES)
    def test_is_read_back_as_it_was(self, value: object) -> None:
        assert json.loads(json_text(value)) == value
