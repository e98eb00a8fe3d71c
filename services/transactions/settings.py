"""Settings of the ledger, from variables that begin with TRANSACTIONS_."""

from pathlib import Path
from typing import ClassVar

from shared.settings import ServiceSettings, service_config


class TransactionsSettings(ServiceSettings):
    """Where the writer listens and how much it takes at once."""

    model_config = service_config("TRANSACTIONS_")
    service: ClassVar[str] = "transactions"

    port: int = 8003
    writer_socket: Path | None = None
    writer_ops_port: int = 8013
    queue_limit: int = 20_000
    """Commands that may wait for the writer; one more is answered 503."""
    batch_postings: int = 4_096
    """Postings of one group commit."""

    @property
    def socket_path(self) -> Path:
        """Give the writer's Unix socket; in the data folder unless set."""
        return self.writer_socket or self.data_dir.resolve() / "run" / "ledger.sock"
