"""The sandbox's mailbox: a folder of .eml files, one a mail, the newest two thousand kept."""

from pathlib import Path

from shared.ids import new_id

KEPT = 2_000
SUFFIX = ".eml"


def store_mail(folder: Path, raw: bytes) -> str:
    """Keep a received mail and give its id; a reader never sees half of it. Old ones beyond the limit go."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mail_id = new_id()
    half = folder / f".{mail_id}.part"
    half.write_bytes(raw)
    half.replace(folder / f"{mail_id}{SUFFIX}")
    for old in sorted(folder.glob(f"*{SUFFIX}"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return mail_id
