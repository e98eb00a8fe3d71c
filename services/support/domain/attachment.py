"""Which files a ticket takes: pictures, PDF and plain text. What a file is, is read from its bytes, not believed."""

import re

import puremagic

from shared.contracts.policy.support import ATTACHMENT_TYPES
from shared.errors import Conflict, Invalid, NotFound, UnsupportedMediaType

MOST_PER_TICKET = 20
_TEXT = "text/plain"
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNSAFE_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class NotThatKindOfFile(UnsupportedMediaType):
    """The file's bytes are not of the type that it was sent as, or of none that tickets take."""

    code = "support.not-that-kind-of-file"
    title = "The file is not what it says it is"
    next_step = "Attach a picture (PNG, JPEG, GIF, WebP), a PDF or plain text in UTF-8, under its own content type."


class EmptyFile(Invalid):
    """Nothing was attached."""

    code = "support.empty-file"
    title = "The file is empty"
    next_step = "Send the file as the body of the request."


class TooManyAttachments(Conflict):
    """A ticket takes twenty files."""

    code = "support.too-many-attachments"
    title = "The ticket has as many files as it takes"
    next_step = "Write a message instead, or raise another ticket."


class AttachmentNotFound(NotFound):
    """There is no such file, or it is not for the caller."""

    code = "support.attachment-not-found"
    title = "No such attachment"
    next_step = "Read the ticket again; it lists its attachments."


def check_content(*, declared: str, content: bytes) -> str:
    """Give the type of a file, which is the one that its bytes show.

    :raises EmptyFile: if there is nothing in it
    :raises NotThatKindOfFile: if it is something else than it says, or nothing that a ticket takes
    """
    if not content:
        raise EmptyFile()
    kind = declared.partition(";")[0].strip().lower()
    if kind not in ATTACHMENT_TYPES or not (_is_text(content) if kind == _TEXT else _is(kind, content)):
        raise NotThatKindOfFile()
    return kind


def safe_name(name: str) -> str:
    """Give a name that is only shown and offered for saving: no path, no control characters, at most 100 characters.

    The file is kept under a random id; the name never leads to anything.
    """
    shown = _UNSAFE_IN_A_NAME.sub("_", name).strip(" .")
    return shown[:100] or "file"


def _is(kind: str, content: bytes) -> bool:
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return False
    return any(one.mime_type == kind for one in found)


def _is_text(content: bytes) -> bool:
    try:
        return not _NOT_TEXT.search(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False
