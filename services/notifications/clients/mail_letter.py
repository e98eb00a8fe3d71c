"""A letter: what one mail says in one language, as text and as HTML made with MJML.

The words are in `mail_words/<language>.json`, the shape in `mail_templates/letter.*`. Values of people are put in as
text and escaped where the letter becomes markup, so that script in a name stays a name.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from mjml import mjml2html

from services.notifications.domain.preference import Language

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "mail_templates"),
    autoescape=select_autoescape(["mjml"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail's subject, text and HTML."""

    subject: str
    text: str
    html: str


def write_letter(template: str, *, language: Language, words: dict[str, str]) -> Letter:
    """Write a letter with these values.

    :raises ValueError: if there is no such letter, or one of its values is missing
    """
    try:
        parts = _parts(template, language, words)
    except KeyError as missing:
        raise ValueError(f"The mail {template} lacks {missing}.") from missing
    text = _TEMPLATES.get_template("letter.txt").render(parts).strip() + "\n"
    source = _TEMPLATES.get_template("letter.mjml").render(parts)
    return Letter(parts["subject"], text, mjml2html(source))


def _parts(template: str, language: Language, words: dict[str, str]) -> dict[str, Any]:
    catalogue = _catalogue(language)
    common, own = catalogue["_"], catalogue[template]

    def fill(text: str) -> str:
        return text.format_map(words)

    big = fill(own.get("big", ""))
    return {
        "language": language,
        "title": fill(own.get("title", own["subject"])),
        "subject": " ".join(fill(own["subject"]).split()),
        "greeting": fill(common["greeting"] if words.get("first_name") else common["nobody"]),
        "lines": [fill(line) for line in own["lines"]],
        "big": big,
        "is_code": template.startswith("code-"),
        "is_gain": big.startswith("+"),
        "rows": [[fill(cell) for cell in common[row]] for row in own.get("rows", ())],
        "after": [fill(common[line]) for line in own.get("after", ())],
        "footer": common["footer"],
    }


@cache
def _catalogue(language: Language) -> dict[str, Any]:
    path = Path(__file__).parent / "mail_words" / f"{language}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
