"""The catalogue of facts says what the contracts say."""

from jsonschema import Draft202012Validator

from cli.event_catalogue import ASYNCAPI_FILE, catalogue, facts_of, readers, written
from tests.contract.snapshots import PUBLISHERS


class TestCatalogue:
    def test_is_not_stale(self) -> None:
        """If this fails: `strongroom events` (or `python -m cli events`), and commit."""
        assert ASYNCAPI_FILE.read_text("utf-8") == written()

    def test_names_every_fact_on_the_stream_of_its_publisher(self) -> None:
        document = catalogue()
        assert document["asyncapi"] == "3.0.0"
        for publisher in PUBLISHERS:
            channel = document["channels"][publisher]
            assert channel["address"] == f"bank.{publisher}"
            named = {document["components"]["messages"][name]["name"] for name in channel["messages"]}
            assert named == {fact.type for fact in facts_of(publisher)}

    def test_has_schemas_that_are_schemas_and_summaries(self) -> None:
        for message in catalogue()["components"]["messages"].values():
            assert message["summary"]
            Draft202012Validator.check_schema(message["payload"])

    def test_knows_every_reaction(self) -> None:
        known = {fact.type for publisher in PUBLISHERS for fact in facts_of(publisher)}
        assert set(readers()) <= known
        assert "notifications" in readers()["bank.transactions.transfer-booked.v1"]
