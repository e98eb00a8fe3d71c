"""History and rates stay as they were written."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.accounts.use_cases.edit_customer import edit_customer
from shared.store.engine import Store
from tests.services.accounts.conftest import Register


class TestAppendOnlyTables:
    @pytest.mark.parametrize("table", ["rates", "addresses", "customer_edits", "audit"])
    @pytest.mark.parametrize("change", ["DELETE FROM {0}", "UPDATE {0} SET {1} = {1}"])
    def test_refuse_every_change(self, store: Store, register: Register, table: str, change: str) -> None:
        ada = register()
        edit_customer(
            store,
            caller=ada,
            customer_id=str(ada.customer_id),
            seen_version=1,
            fields={"occupation": "Analyst"},
            address=None,
            note=None,
        )
        with pytest.raises(IntegrityError, match="append-only"), store.write() as session:
            session.execute(text(change.format(table, "sequence" if table == "audit" else "id")))
