"""Markdown of announcements as HTML that is safe to show: markup in the text stays text, the rest is cleaned."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": False}).disable("image")
_TAGS = {
    "p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h1", "h2", "h3", "h4",
}  # fmt: skip


@lru_cache(maxsize=512)
def as_html(text: str) -> str:
    """Give the HTML of a Markdown text: no script, style or picture, links only to the web and to mail addresses."""
    return nh3.clean(
        _READER.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
