"""Codes of an authenticator, against the vectors of RFC 6238."""

from datetime import UTC, datetime

import pytest

from services.identity.domain.totp import matching_step, otpauth_uri, totp_code

SECRET = b"12345678901234567890"


class TestTotpCode:
    @pytest.mark.parametrize(
        ("seconds", "code"),
        [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
    )
    def test_is_that_of_the_rfc(self, seconds: int, code: str) -> None:
        assert totp_code(SECRET, seconds // 30) == code


class TestMatchingStep:
    def test_takes_a_clock_that_is_one_step_off_and_no_step_twice(self) -> None:
        now = datetime.fromtimestamp(1111111109, UTC)
        step = 1111111109 // 30
        for drift, found in ((-2, None), (-1, step - 1), (0, step), (1, step + 1), (2, None)):
            assert matching_step(secret=SECRET, code=totp_code(SECRET, step + drift), last_step=0, now=now) == found
        assert matching_step(secret=SECRET, code=totp_code(SECRET, step), last_step=step, now=now) is None


class TestOtpauthUri:
    def test_names_bank_and_person(self) -> None:
        uri = otpauth_uri(secret=SECRET, email="ada@demo.bank")
        assert uri.startswith("otpauth://totp/Strongroom%3Aada%40demo.bank?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&")
