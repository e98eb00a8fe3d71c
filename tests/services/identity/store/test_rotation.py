"""Rotating the signing keys: the next one is known before it signs, the one before verifies on."""

from datetime import timedelta
from pathlib import Path

from services.identity.store.key_files import ensure_signing_key, load_signing_keys, rotate_keys, signing_key_age
from services.identity.store.key_watch import KeyWatch
from shared.clients.jwks import KeySet
from shared.clock import now

DAY = timedelta(hours=24)


class TestRotateKeys:
    def test_overlaps(self, tmp_path: Path) -> None:
        first = ensure_signing_key(tmp_path).signing_kid
        rotate_keys(tmp_path, now=now(), keep=DAY)
        published = load_signing_keys(tmp_path)
        assert (published.signing_kid, len(published.jwks()["keys"])) == (first, 2)
        rotate_keys(tmp_path, now=now(), keep=DAY)
        assert load_signing_keys(tmp_path).signing_kid == first  # too soon: not everybody has seen it
        later = now() + timedelta(hours=1, seconds=5)
        rotate_keys(tmp_path, now=later, keep=DAY)
        signing = load_signing_keys(tmp_path)
        assert signing.signing_kid != first
        assert first in signing.keys
        assert signing_key_age(tmp_path, now=later) < timedelta(seconds=5)
        rotate_keys(tmp_path, now=later + DAY + timedelta(seconds=5), keep=DAY)
        assert first not in load_signing_keys(tmp_path).keys

    def test_reaches_a_running_process_and_tokens_of_before_stay_good(self, tmp_path: Path) -> None:
        keys = ensure_signing_key(tmp_path)
        watch = KeyWatch(tmp_path, keys)
        assert not watch.look()
        before = keys.signing_kid
        rotate_keys(tmp_path, now=now(), keep=DAY)
        rotate_keys(tmp_path, now=now() + timedelta(hours=2), keep=DAY)
        assert watch.look()
        assert keys.signing_kid != before
        assert KeySet(keys.jwks).key(before) is not None
