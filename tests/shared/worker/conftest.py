"""The Redis of the worker's tests."""

from tests.builders.redis import redis_process, redis_server

__all__ = ["redis_process", "redis_server"]
