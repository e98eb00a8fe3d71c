"""Settings of the support desk; own ones start with SUPPORT_."""

from typing import ClassVar

from shared.settings import ServiceSettings, service_config


class SupportSettings(ServiceSettings):
    """Where the desk listens and keeps its store."""

    model_config = service_config("SUPPORT_")
    service: ClassVar[str] = "support"

    port: int = 8004
