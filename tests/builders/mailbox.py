"""What a person reads in the sandbox's mail viewer: the code that the bank sent to their address."""

import re

import httpx

from tests.builders.bank import Bank

PATIENCE_SECONDS = 90.0
"""A code waits behind the mails of whatever the bank did before: after a flood of transfers that is a while."""
RESET = "Your code to choose a new password"


def newest_code(bank: Bank, address: str, *, subject: str) -> str:
    """Read the code of the newest mail to an address, as a person does in the sandbox's mail viewer."""
    found: list[str] = []

    def arrived() -> bool:
        page = httpx.get(f"{bank.url}/dev/mail", params={"format": "json", "to": address}, timeout=30)
        for line in page.json()["items"]:
            if address in line["to"] and line["subject"] == subject:
                mail = httpx.get(f"{bank.url}/dev/mail/{line['id']}?format=json", timeout=30)
                found.extend(re.findall(r"^ {4}(\d{6})\s*$", mail.json()["text"], re.MULTILINE))
                return bool(found)
        return False

    bank.wait_until(arrived, timeout_seconds=PATIENCE_SECONDS)
    return found[0]
