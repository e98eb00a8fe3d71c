"""An authenticator app, as a person has one."""

import base64
from dataclasses import dataclass
from datetime import datetime

from services.identity.domain.totp import totp_code
from services.identity.use_cases.set_up_totp import NewAuthenticator


@dataclass(frozen=True)
class Authenticator:
    """An app that was told a secret."""

    secret: bytes

    @classmethod
    def of(cls, made: NewAuthenticator) -> "Authenticator":
        return cls.typed(made.secret)

    @classmethod
    def typed(cls, secret: str) -> "Authenticator":
        return cls(base64.b32decode(secret + "=" * (-len(secret) % 8)))

    def code(self, now: datetime) -> str:
        return totp_code(self.secret, int(now.timestamp()) // 30)
