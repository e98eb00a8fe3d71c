"""The pictures in `docs/mails` show the mails as they are."""

import json
import struct

from tests.services.notifications.mail_pictures import FINGERPRINTS, FOLDER, WIDTH, fingerprints


class TestMailPictures:
    def test_show_every_mail_in_both_languages_as_it_is_now(self) -> None:
        """If this fails: `python -m tests.services.notifications.mail_pictures`."""
        assert json.loads(FINGERPRINTS.read_text("utf-8")) == fingerprints()
        assert {path.name for path in FOLDER.glob("*.jpg")} == set(fingerprints())

    def test_are_as_wide_as_a_phone_and_small(self) -> None:
        for path in FOLDER.glob("*.jpg"):
            picture = path.read_bytes()
            frame = picture.index(b"\xff\xc0")  # where a JPEG says its size
            _, width = struct.unpack(">HH", picture[frame + 5 : frame + 9])
            assert (width, len(picture) < 30_000) == (WIDTH, True), path.name
