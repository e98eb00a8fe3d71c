"""Structured logs: one JSON object a line on stdout, with the request id, without personal data.

Exceptions are logged as their types and the places they passed; messages only of kinds that name code, not data,
since the message of a failed statement or validation repeats what a person typed.
"""

import logging
import logging.config
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

from shared.observability.context import current_request_id, current_traceparent

_SPEAKING = (AttributeError, NameError, ImportError, TypeError, NotImplementedError, OSError)
_FRAMES = 25


def configure_logging(service: str, level: str = "INFO") -> None:
    """Send everything this process logs, uvicorn's and Celery's lines too, to stdout as JSON."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request,
        _exception_without_values,
    ]

    def add_service(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line["service"] = service
        return line

    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(allow=()), *shared, add_service],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "celery"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    # They log whole addresses, and an address has a query string.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, add_service, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=False,
    )


def _add_request(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    request_id = current_request_id()
    if request_id is not None:
        line.setdefault("request_id", request_id)
        line.setdefault("trace_id", (current_traceparent() or "").split("-")[1:2][0])
    return line


def _exception_without_values(_logger: Any, name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = line.pop("exc_info", None)
    if given is True or (given is None and name == "exception"):
        given = sys.exc_info()[1]
    if isinstance(given, tuple):
        given = given[1]
    if isinstance(given, BaseException):
        line["exception"] = describe_exception(given)
    return line


def describe_exception(wrong: BaseException) -> list[dict[str, Any]]:
    """Describe an exception and its causes by type and place, innermost cause last, without their values."""
    told: list[dict[str, Any]] = []
    current: BaseException | None = wrong
    while current is not None and len(told) < 5:
        one: dict[str, Any] = {"type": type(current).__qualname__, "frames": _frames(current.__traceback__)}
        if isinstance(current, _SPEAKING):
            one["message"] = str(current)[:300]
        told.append(one)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return told


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
