"""Mails with a code in them: what they say, and how long the code is worth sending."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

CodeMailKind = Literal[
    "sign-in", "reset-password", "confirm-email", "change-email", "reauthenticate", "already-registered"
]

_SUBJECTS: dict[CodeMailKind, str] = {
    "sign-in": "Your code to sign in",
    "reset-password": "Your code to choose a new password",
    "confirm-email": "Confirm your e-mail address",
    "change-email": "Confirm your new e-mail address",
    "reauthenticate": "Your code to confirm that this is you",
    "already-registered": "You have a login already",
}
_BODIES: dict[CodeMailKind, str] = {
    "sign-in": "Somebody signs in with your password. If that is you, enter this code:",
    "reset-password": "To choose a new password, enter this code:",
    "confirm-email": "To confirm that this is your address, enter this code:",
    "change-email": "To sign in with this address from now on, enter this code:",
    "reauthenticate": "To confirm that this is you, enter this code:",
    "already-registered": "Somebody wanted to use this address for a login, and there is one with it. If that was"
    " you, sign in, or choose a new password.",
}


@dataclass(frozen=True, slots=True)
class CodeMail:
    """One mail with a code, before it is sent; the code is in no log and nowhere after sending."""

    kind: CodeMailKind
    to: str = field(repr=False)
    code: str | None = field(repr=False)
    valid_until: datetime

    @property
    def subject(self) -> str:
        """Give the subject; the code is not in it, since a locked screen shows subjects."""
        return _SUBJECTS[self.kind]

    @property
    def text(self) -> str:
        """Give the text."""
        if self.code is None:
            return f"Hello,\n\n{_BODIES[self.kind]}\n\nStrongroom\n"
        return (
            f"Hello,\n\n{_BODIES[self.kind]}\n\n    {self.code}\n\n"
            f"It is good once, until {self.valid_until:%H:%M} UTC. Nobody from the bank will ever ask you for it.\n"
            "If you did not ask for it, somebody may be trying to get in: tell us.\n\nStrongroom\n"
        )
