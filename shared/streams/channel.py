"""The way to Redis: it carries facts quickly and is never the record, so every call fails soon instead of waiting."""

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

BLOCK_SECONDS = 1.0
"""The longest blocking read: short, so that a stop is quick, and below the socket's own timeout."""


def stream_name(service: str) -> str:
    """Give the name of a service's stream."""
    return f"bank.{service}"


def connect_redis(url: str) -> redis.Redis:
    """Give a client that connects when first used and does not retry by itself: its callers have their own loop."""
    client: redis.Redis = redis.Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=1.0,
        socket_timeout=BLOCK_SECONDS + 1.5,
        retry=Retry(NoBackoff(), 0),
    )
    return client
