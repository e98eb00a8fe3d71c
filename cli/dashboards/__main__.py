"""Write the dashboards: `python -m cli.dashboards` (or `--check`: say whether they are as they would be written)."""

import json
import sys
from pathlib import Path
from typing import Any

from cli.dashboards.bank import BANK
from cli.dashboards.board import Board, render
from cli.dashboards.gateway import GATEWAY
from cli.dashboards.jobs import CELERY
from cli.dashboards.ledger import LEDGER
from cli.dashboards.redis import REDIS
from cli.dashboards.services import service_boards
from cli.dashboards.streams import STREAMS

FOLDER = Path(__file__).resolve().parents[2] / "monitoring/grafana/dashboards"


def boards() -> list[Board]:
    """Give all dashboards."""
    return [BANK, LEDGER, STREAMS, CELERY, GATEWAY, REDIS, *service_boards()]


def texts() -> dict[str, str]:
    """Give each file's name and text, a panel on a line: kubectl remembers at most 256 KiB of a ConfigMap."""
    return {f"{board.uid}.json": _text(render(board)) for board in boards()}


def _text(board: dict[str, Any]) -> str:
    panels = ",\n".join(map(_line, board["panels"]))
    return f"{_line({**board, 'panels': []})[:-2]}\n{panels}\n]}}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str]) -> int:
    """Write, or compare; gives the exit status."""
    wanted = texts()
    if "--check" in arguments:
        there = {path.name: path.read_text() for path in FOLDER.glob("*.json")}
        stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
        if stale:
            print(f"Not as they would be written (make dashboards): {', '.join(stale)}")
        return int(bool(stale))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text)
    print(f"{len(wanted)} dashboards in {FOLDER}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
