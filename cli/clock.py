"""Move the sandbox's clock by days (`strongroom clock advance 30d`) and wait until each business date is ended."""

import re
import time
from collections.abc import Callable
from typing import Any

from cli.bank_client import BankClient, Surprise
from cli.people import email_of, password_of
from shared.ids import new_id

PATIENCE_SECONDS = 60.0
"""How long a day may take before the command gives up; the bank goes on by itself."""

_LENGTH = re.compile(r"([1-9][0-9]{0,3})([dwy]?)")
_DAYS = {"": 1, "d": 1, "w": 7, "y": 365}


def days_of(text: str) -> int:
    """Read a length as `30d`, `2w`, `1y` or a number of days.

    :raises Surprise: if it is none
    """
    found = _LENGTH.fullmatch(text)
    if found is None:
        raise Surprise(f"{text!r} is no length: write 30d, 2w or 1y")
    return int(found[1]) * _DAYS[found[2]]


def advance(client: BankClient, days: int, show: Callable[[str, int, int], None]) -> dict[str, Any]:
    """Ask for the days, show each as it is done, and give the business date's answer at the end.

    :raises Surprise: if the bank refuses, or a day takes longer than a minute
    """
    token = client.login(email_of("alma"), password_of("alma"))
    body = {"days": days}
    client.call("POST", "/business-date/advance", 202, token=token, key=f"clock-{new_id()}", body=body)
    done, looked = -1, time.monotonic()
    while True:
        answer = client.send("GET", "/business-date", token=token)
        if answer.status_code == 401:
            token = client.login(email_of("alma"), password_of("alma"))
            continue
        now: dict[str, Any] = answer.json()
        if now["state"] == "open":
            show(now["business_date"], days, days)
            return now
        if (now.get("days_done") or 0) != done:
            done, looked = now.get("days_done") or 0, time.monotonic()
        if time.monotonic() - looked > PATIENCE_SECONDS:
            raise Surprise(f"{now['business_date']} is not ended after {PATIENCE_SECONDS:.0f} s: look at the worker")
        show(f"{now['business_date']} {now.get('step') or ''}".strip(), done, days)
        time.sleep(0.2)
