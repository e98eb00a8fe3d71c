"""One-time codes at a real bank: nothing to guess them by, few tries, good once, and nowhere to read them."""

import re
from itertools import pairwise

from tests.builders.bank import Bank
from tests.builders.mailbox import RESET, newest_code

TRIES = 5
NEW_PASSWORD = "a calm and wide river"


def ask_for_code(bank: Bank, address: str) -> str:
    """Forget a password and read the mail."""
    assert bank.client().post("/auth/password/forgot", json={"email": address}).status_code == 202
    return newest_code(bank, address, subject=RESET)


def reset(bank: Bank, address: str, code: str) -> tuple[int, str]:
    """Try a code and say what came."""
    body = {"email": address, "code": code, "new_password": NEW_PASSWORD}
    answer = bank.client().post("/auth/password/reset", json=body)
    return answer.status_code, answer.json()["code"] if answer.content else ""


class TestOneTimeCodes:
    def test_predecessor_d09_are_no_series_have_five_tries_are_burnt_and_stand_nowhere(self, bank: Bank) -> None:
        people = [bank.new_customer() for _ in range(3)]
        codes = [ask_for_code(bank, one.email) for one in people]
        assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)
        steps = {int(later) - int(earlier) for earlier, later in pairwise(codes)}
        assert len(set(codes)) == len(codes)
        assert steps.isdisjoint({-1, 1})
        tried, used, untouched = people

        for number in range(TRIES):
            wrong = f"{(int(codes[0]) + 1 + number) % 10**6:06d}"
            assert reset(bank, tried.email, wrong) == (422, "auth.invalid-code")
        assert reset(bank, tried.email, codes[0]) == (422, "auth.invalid-code")  # the right one, too late
        bank.login(tried.email, tried.password)

        assert reset(bank, used.email, codes[2]) == (422, "auth.invalid-code")  # another person's
        assert reset(bank, used.email, codes[1]) == (204, "")
        assert reset(bank, used.email, codes[1]) == (422, "auth.invalid-code")
        bank.login(used.email, NEW_PASSWORD)

        written = b"".join(log.read_bytes() for log in bank.folder.logs.glob("*.log"))
        stored = b"".join(file.read_bytes() for file in (bank.folder.path / "identity").glob("identity.db*"))
        assert written
        assert stored
        for code in codes:
            whole = re.compile(rb"(?<![0-9A-Za-z.-])" + code.encode() + rb"(?![0-9A-Za-z-])")
            assert not whole.search(written), "a code is in a log"
            assert not whole.search(stored), "a code is in identity's store as it was sent"
        bank.login(untouched.email, untouched.password)
