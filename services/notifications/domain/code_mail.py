"""Mails with a code in them, and how long the code is worth sending."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.notifications.domain.preference import Language

CodeMailKind = Literal[
    "sign-in",
    "reset-password",
    "confirm-email",
    "change-email",
    "reauthenticate",
    "already-registered",
    "email-changed",
]


@dataclass(frozen=True, slots=True)
class CodeMail:
    """One mail with a code, before it is sent; the code is in no log and nowhere after sending."""

    kind: CodeMailKind
    to: str = field(repr=False)
    code: str | None = field(repr=False)
    valid_until: datetime
    language: Language = "en"
