"""Settings of notifications; own ones start with NOTIFICATIONS_."""

from pathlib import Path
from typing import ClassVar

from pydantic import SecretStr

from shared.settings import ServiceSettings, service_config


class NotificationsSettings(ServiceSettings):
    """Where notifications listens, keeps its store, and hands mails to."""

    model_config = service_config("NOTIFICATIONS_")
    service: ClassVar[str] = "notifications"

    port: int = 8005
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8025
    mailbox_ops_port: int = 0
    """Where the sandbox's mail server answers /livez, /readyz and /metrics; 0: nowhere."""
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool | None = None
    """Encrypt the way to the mail server; unset means: in production yes, in the sandbox no."""
    mail_from: str = "no-reply@strongroom.example"
    mail_give_up_after_hours: int = 72

    @property
    def encrypts_mail(self) -> bool:
        """Tell whether the way to the mail server is encrypted."""
        return not self.is_sandbox if self.smtp_starttls is None else self.smtp_starttls

    @property
    def mailbox_dir(self) -> Path:
        """Give the folder in which the sandbox keeps the mails that it received."""
        return self.data_dir.resolve() / self.service / "mailbox"
