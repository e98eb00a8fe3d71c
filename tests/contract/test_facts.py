"""Facts only ever grow: what was published once is read by consumers that nobody rebuilt."""

import pytest

from shared.contracts.envelope import Fact
from tests.contract.snapshots import PUBLISHERS, facts_of, schemas_of, snapshot_of

PERSONAL = {"email", "phone", "first_name", "last_name", "name", "address", "password", "date_of_birth", "text", "code"}


@pytest.mark.parametrize("publisher", PUBLISHERS)
class TestFacts:
    def test_keep_every_field_that_they_had(self, publisher: str) -> None:
        now = schemas_of(publisher)
        for kind, before in snapshot_of(publisher).items():
            assert kind in now, f"{kind} is gone"
            for field, schema in before["properties"].items():
                assert now[kind]["properties"].get(field) == schema, f"{kind} changed {field}"
            # A new field needs a default: facts written before it are still read.
            new_and_required = set(now[kind]["required"]) - set(before["required"])
            assert not new_and_required, f"{kind} asks for more"

    def test_are_all_in_the_snapshot(self, publisher: str) -> None:
        assert snapshot_of(publisher) == schemas_of(publisher), "run: python -m tests.contract.snapshots"

    def test_carry_no_contact_data(self, publisher: str) -> None:
        for fact in facts_of(publisher):
            assert not PERSONAL & set(fact.model_fields), fact.type

    def test_are_named_after_their_stream_and_ignore_what_they_do_not_know(self, publisher: str) -> None:
        for fact in facts_of(publisher):
            assert issubclass(fact, Fact)
            assert fact.type.startswith(f"bank.{publisher}.")
            assert fact.type.endswith(".v1")
            assert fact.model_config["extra"] == "ignore"
