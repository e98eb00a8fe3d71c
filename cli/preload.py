"""The libraries that most processes of the bank use, loaded once in the process that forks them (`cli/forking.py`).

Libraries only, and none that starts a thread or opens a file when it is imported: a thread does not live on in a
forked child, and an open file would be shared. Our own code is loaded by each process itself, so that a process that is
started again runs the newest. `tests/cli/test_preload.py` checks all of this.
"""

import contextlib
import importlib

LIBRARIES = (
    "aiohttp",
    "anyio._backends._asyncio",
    "celery.app.amqp",
    "celery.app.control",
    "celery.app.events",
    "celery.app.log",
    "celery.apps.worker",
    "celery.backends.base",
    "celery.beat",
    "celery.bin.celery",
    "celery.concurrency.thread",
    "celery.events.receiver",
    "celery.fixups.django",
    "celery.loaders.app",
    "celery.utils.static",
    "celery.worker.autoscale",
    "celery.worker.components",
    "celery.worker.consumer",
    "celery.worker.consumer.delayed_delivery",
    "celery.worker.heartbeat",
    "celery.worker.loops",
    "celery.worker.pidbox",
    "celery.worker.strategy",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "email._header_value_parser",
    "email_validator",
    "encodings.idna",
    "fastapi",
    "hiredis",
    "holidays",
    "httpcore",
    "httpx",
    "jinja2",
    "jwt",
    "kombu.mixins",
    "kombu.transport.redis",
    "msgpack",
    "opentelemetry.trace",
    "orjson",
    "prometheus_client.multiprocess",
    "pydantic.functional_serializers",
    "pydantic.v1",  # fastapi looks into it for every route
    "pydantic_settings",
    "pysqlite3",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.ext.compiler",
    "sqlmodel",
    "structlog",
    "tenacity",
    "uuid_utils",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
)


def preload() -> None:
    """Import them. One that is not there is left out: who needs it will say so."""
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
