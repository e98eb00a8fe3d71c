"""What a token says."""

from datetime import UTC, datetime

from services.identity.domain.claims import service_claims, user_claims

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class TestUserClaims:
    def test_leave_out_what_a_person_is_not(self) -> None:
        claims = user_claims(
            user_id="u1",
            customer_id=None,
            roles=("teller",),
            branch_id=None,
            session_id="s1",
            issued_at=NOW,
            life_seconds=300,
        )
        assert set(claims) == {"iss", "aud", "sub", "roles", "sid", "iat", "exp"}

    def test_never_live_longer_than_five_minutes(self) -> None:
        claims = service_claims(
            service="accounts", audience="identity", acting_user="u1", issued_at=NOW, life_seconds=9_999
        )
        assert claims["exp"] - claims["iat"] == 300
        assert claims["act"] == "u1"
