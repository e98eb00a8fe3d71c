"""${message}

Why: TODO say why, and why it is safe on a live store.
"""

import sqlalchemy as sa
from alembic import op

revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Apply the change."""
    ${upgrades if upgrades else "pass"}
