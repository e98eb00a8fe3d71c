"""Which files a ticket takes."""

import pytest

from services.support.domain.attachment import EmptyFile, NotThatKindOfFile, check_content, safe_name

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 40
GIF = b"GIF89a" + b"\x00" * 40
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00" + b"\x00" * 60


class TestContent:
    @pytest.mark.parametrize(
        ("declared", "content"),
        [
            ("image/png", PNG),
            ("image/jpeg", JPEG),
            ("image/gif", GIF),
            ("image/webp", WEBP),
            ("application/pdf", PDF),
            ("text/plain; charset=utf-8", "Grüße\n".encode()),
            ("IMAGE/PNG", PNG),
        ],
    )
    def test_is_taken_as_what_it_is(self, declared: str, content: bytes) -> None:
        assert check_content(declared=declared, content=content) == declared.partition(";")[0].lower()

    @pytest.mark.parametrize(
        ("declared", "content"),
        [
            ("image/png", JPEG),
            ("image/png", SVG),
            ("image/png", EXE),
            ("image/svg+xml", SVG),
            ("text/html", b"<script>"),
            ("application/pdf", PNG),
            ("text/plain", PNG),
            ("text/plain", b"\xff\xfe\x00"),
            ("application/octet-stream", PDF),
            ("", PNG),
        ],
    )
    def test_is_not_believed(self, declared: str, content: bytes) -> None:
        with pytest.raises(NotThatKindOfFile):
            check_content(declared=declared, content=content)

    def test_is_there(self) -> None:
        with pytest.raises(EmptyFile):
            check_content(declared="image/png", content=b"")


class TestName:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("letter.pdf", "letter.pdf"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a\r\nSet-Cookie: x", "a__Set-Cookie_ x"),
            ("photo\u202egnp.exe", "photo_gnp.exe"),
            ("...", "file"),
            ("x" * 300, "x" * 100),
        ],
    )
    def test_leads_nowhere(self, given: str, shown: str) -> None:
        assert safe_name(given) == shown
