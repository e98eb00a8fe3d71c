"""Products and interest rates over HTTP."""

from fastapi.testclient import TestClient


class TestProducts:
    def test_are_public_with_todays_rate(self, client: TestClient) -> None:
        products = {one["id"]: one for one in client.get("/api/v1/products").json()["items"]}
        assert set(products) == {"current", "everyday", "fixed-deposit", "recurring-deposit", "savings"}
        assert products["savings"]["rate_basis_points"] == 275
        assert client.get("/api/v1/products/savings").json() == products["savings"]
        assert client.get("/api/v1/products/gold").json()["code"] == "accounts.product-not-found"


class TestInterestRates:
    def test_are_listed_by_product(self, client: TestClient) -> None:
        rates = client.get("/api/v1/interest-rates?product=savings").json()["items"]
        assert [(one["rate_basis_points"], one["effective_from"]) for one in rates] == [(275, "2020-01-01")]
        assert len(client.get("/api/v1/interest-rates").json()["items"]) == 5
