"""What is done to identity on the machine itself: the first admin, and the rotation of signing keys."""

from datetime import timedelta

from cli.data_folder import DataFolder, Refused
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import rotate_keys
from services.identity.store.password_hashes import PasswordHashes
from services.identity.use_cases.invite_user import create_first_admin
from shared.clock import now
from shared.errors import FaultAtStart, Refusal
from shared.settings import load
from shared.store.migrate import open_store
from shared.store.schema import check_version

KEPT = timedelta(hours=24)
"""How long a key verifies after it has signed its last token; tokens live five minutes, cached keys a day."""


def first_admin(folder: DataFolder, *, email: str, password: str) -> str:
    """Make the first admin in identity's store (that of IDENTITY_DATABASE_URL, or of the data folder).

    :raises Refused: if there is one, or the address or the password will not do
    """
    try:
        settings = load(IdentitySettings).model_copy(update={"data_dir": folder.path})
        store = open_store("identity", settings.store_url)
        try:
            check_version(store)
            hashes = PasswordHashes(
                memory_kib=settings.argon2_memory_kib, passes=settings.argon2_passes, at_once=settings.argon2_at_once
            )
            return create_first_admin(
                store, hashes=hashes, settings=settings, email=email, password=password, now=now()
            )
        finally:
            store.close()
    except (Refusal, FaultAtStart) as refused:
        raise Refused(str(refused)) from None


def rotate(folder: DataFolder) -> list[str]:
    """Go one step of the rotation of signing keys and say what was done.

    :raises Refused: if there are no keys
    """
    try:
        settings = load(IdentitySettings).model_copy(update={"data_dir": folder.path})
        return rotate_keys(settings.keys_path, now=now(), keep=KEPT)
    except FaultAtStart as refused:
        raise Refused(str(refused)) from None
