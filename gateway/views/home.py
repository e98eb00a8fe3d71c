"""`/`: a plain page with the ways in, until the web app takes its place."""

from gateway.exchange import Answer
from gateway.headers import NO_CACHE

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Strongroom</title>
<link rel="stylesheet" href="/api/docs/assets/page.css">
</head>
<body>
<main>
<h1>Strongroom</h1>
<p class="lead">A bank you can run. Money is never lost, invented or moved twice, and anyone can check that.</p>
<ul>
{links}
</ul>
</main>
</body>
</html>
"""

_LINKS = (
    ("/api/docs", "API docs", "every operation, to read and to try"),
    ("/api/openapi.json", "OpenAPI document", "OpenAPI 3.1, for client generators"),
    ("/api/problems", "Problems", "every code that a refusal can carry"),
)
_SANDBOX_LINKS = (("/dev/mail", "Mail", "what the sandbox sent, instead of a mailbox"),)


def home_answer(*, sandbox: bool) -> Answer:
    """Give the start page; the mail viewer is linked where there is one."""
    links = _LINKS + (_SANDBOX_LINKS if sandbox else ())
    lines = "\n".join(
        f'<li><a href="{path}"><strong>{name}</strong><span>{about}</span></a></li>' for path, name, about in links
    )
    return Answer(200, _PAGE.format(links=lines).encode(), b"text/html; charset=utf-8", [NO_CACHE])
