"""Say that the signing key is old, in the log and as a figure for an alert; `strongroom keys rotate` ends it."""

from datetime import datetime, timedelta

import structlog
from prometheus_client import Gauge

from services.identity.settings import IdentitySettings
from services.identity.store.key_files import signing_key_age

SIGNING_KEY_AGE = Gauge("bank_signing_key_age_seconds", "How long identity has signed with its present key.")
_log = structlog.get_logger("bank.identity")


def remind_of_rotation(settings: IdentitySettings, *, now: datetime) -> bool:
    """Tell whether the key that signs is older than it should get, and say so in the log."""
    age = signing_key_age(settings.keys_path, now=now)
    SIGNING_KEY_AGE.set(age.total_seconds())
    due = age > timedelta(days=settings.signing_key_days)
    if due:
        _log.warning("signing-key.rotation-due", age_days=age.days, allowed_days=settings.signing_key_days)
    return due
