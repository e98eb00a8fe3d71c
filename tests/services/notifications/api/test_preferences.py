"""Preferences over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.services.notifications.conftest import as_person

PATH = "/api/v1/notifications/preferences"
BODY: dict[str, Any] = {
    "events": {"deposit": {"mail": False, "push": True}},
    "quiet_hours": {"from": "22:00", "to": "07:00", "time_zone": "Europe/Berlin"},
    "language": "de",
    "large_movement": {"from_minor": 100000, "currency": "EUR"},
    "balance_below": [{"account_id": "a1", "below_minor": -500, "currency": "EUR"}],
}


def put(http: TestClient, body: dict[str, Any], who: str = "ada") -> Any:
    return http.put(PATH, json=body, headers=as_person(who))


class TestPreferences:
    def test_have_everything_on_to_begin_with(self, http: TestClient) -> None:
        found = http.get(PATH, headers=as_person("ada")).json()
        assert {(one["mail"], one["push"]) for one in found["events"].values()} == {(True, True)}
        assert (found["quiet_hours"], found["language"], found["balance_below"]) == (None, "en", [])

    def test_are_read_as_they_were_put(self, http: TestClient) -> None:
        answer = put(http, BODY)
        assert answer.status_code == 200, answer.text
        found = http.get(PATH, headers=as_person("ada")).json()
        assert found == answer.json()
        assert found["events"]["deposit"] == {"mail": False, "push": True}
        assert {name: found[name] for name in BODY if name != "events"} == {
            name: value for name, value in BODY.items() if name != "events"
        }
        assert http.get(PATH, headers=as_person("ben")).json()["language"] == "en"
        assert put(http, {}).json()["large_movement"] is None

    def test_of_staff_are_their_own(self, http: TestClient) -> None:
        assert put(http, {"language": "de"}, "tess").status_code == 200
        assert http.get(PATH, headers=as_person("tess")).json()["language"] == "de"

    def test_keep_mails_about_security_on(self, http: TestClient) -> None:
        answer = put(http, {"events": {"security": {"mail": False}}})
        assert (answer.status_code, answer.json()["code"]) == (409, "notifications.security-mails-stay-on")

    @pytest.mark.parametrize(
        "body",
        [
            {"events": {"birthday": {"mail": True}}},
            {"events": {"deposit": {"sms": True}}},
            {"events": {"deposit": {"mail": 1}}},
            {"quiet_hours": {"from": "24:00", "to": "07:00", "time_zone": "Europe/Berlin"}},
            {"quiet_hours": {"from": "07:00", "to": "07:00", "time_zone": "Europe/Berlin"}},
            {"quiet_hours": {"from": "07:00", "to": "08:00", "time_zone": "Nowhere/Land"}},
            {"quiet_hours": {"from": "07:00", "to": "08:00", "time_zone": "../../etc/passwd"}},
            {"language": "fr"},
            {"large_movement": {"from_minor": 0, "currency": "EUR"}},
            {"balance_below": [{"account_id": "a", "below_minor": 1, "currency": "EUR"}] * 2},
        ],
    )
    def test_refuse_what_is_no_choice(self, http: TestClient, body: dict[str, Any]) -> None:
        assert put(http, body).status_code == 422

    def test_need_a_login(self, http: TestClient) -> None:
        assert http.get(PATH).status_code == 401
