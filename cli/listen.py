"""`strongroom listen`: show facts as they come, one line each, from the streams of a running bank.

It only reads the doorbell: what Redis loses is not shown here, though every service gets it from its publisher.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import redis

from cli.bank_secrets import SERVICES
from cli.data_folder import DataFolder, Refused
from cli.status import read_ready
from shared.streams.channel import connect_redis, stream_name

_BLOCK_MILLISECONDS = 500
_PAUSE_SECONDS = 1.0


def redis_url_of(folder: DataFolder) -> str:
    """Give where the running bank's Redis is.

    :raises Refused: if the bank does not run on this folder
    """
    return f"redis://127.0.0.1:{read_ready(folder)['ports']['redis']}/0"


def listen(
    url: str,
    *,
    services: Sequence[str],
    types: Iterable[str] = (),
    as_json: bool = False,
    since_start: bool = False,
    show: Callable[[str], None],
    until: Callable[[], bool] = lambda: False,
) -> None:
    """Show the facts of these services, of these words in their type if any are given, until `until` or Ctrl-C.

    :raises Refused: if a service is none, or Redis does not answer at the start
    """
    unknown = sorted(set(services) - set(SERVICES))
    if unknown:
        raise Refused(f"There is no service {unknown[0]}; there are {', '.join(SERVICES)}.")
    client = connect_redis(url)
    words = tuple(types)
    try:
        after = {stream_name(one): "0-0" if since_start else _end(client, stream_name(one)) for one in services}
    except (redis.RedisError, OSError):
        raise Refused("Redis does not answer: does the bank run?") from None
    while not until():
        try:
            answer: Any = client.xread(cast("Any", after), count=200, block=_BLOCK_MILLISECONDS)
        except (redis.RedisError, OSError):
            time.sleep(_PAUSE_SECONDS)
            continue
        pairs = answer.items() if isinstance(answer, dict) else answer or []
        for stream, found in pairs:
            entries = found[0] if found and isinstance(found[0], list) else found
            for entry_id, fields in entries:
                after[stream] = entry_id
                envelope = json.loads(fields.get("envelope", "{}"))
                if not words or any(word in envelope.get("type", "") for word in words):
                    show(json.dumps(envelope, sort_keys=True) if as_json else _line(envelope))


def _end(client: redis.Redis, stream: str) -> str:
    newest = cast("list[tuple[str, Any]]", client.xrevrange(stream, count=1))
    return newest[0][0] if newest else "0-0"


def _line(envelope: dict[str, Any]) -> str:
    data = " ".join(f"{name}={value}" for name, value in envelope.get("data", {}).items() if value is not None)
    place = f"{envelope.get('lane')}/{envelope.get('epoch')}/{envelope.get('sequence')}"
    return f"{envelope.get('time')}  {envelope.get('type')}  {place}  {data}"
