"""What staff do to run the bank itself, from the console, seen from the other side by the API."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from shared.ids import new_id
from tests.browser.chromium import enter
from tests.builders.bank import Bank


class TestTheHolidays:
    def test_of_the_bank_itself_are_closed_and_opened_again_for_a_reason(self, bank: Bank, page: Page) -> None:
        sam = bank.client(bank.login_demo("sam"))
        today = date.fromisoformat(sam.get("/business-date").json()["business_date"])
        year = today.year + 4
        day = date(year, 6, 15)
        day += timedelta(days=(2 - day.weekday()) % 7)  # a Wednesday in June, when TARGET has no holidays
        enter(page, "sam")
        page.get_by_role("link", name="The day").click()
        page.get_by_role("link", name="Holidays").click()
        page.get_by_label("Year").select_option(str(year))
        expect(page.get_by_role("cell", name="Christmas Day")).to_be_visible()
        page.get_by_label("Day", exact=True).fill(day.isoformat())
        page.get_by_label("Name", exact=True).fill("Moving house")
        page.get_by_label("Reason").fill("The vault is moved.")
        page.get_by_role("button", name="Close on this day").click()
        row = page.get_by_role("row").filter(has_text="Moving house")
        expect(row).to_contain_text("The vault is moved.")
        row.get_by_role("button", name="Open after all").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Reason").fill("The vault stays.")
        dialog.get_by_role("button", name="Open after all").click()
        expect(row).to_have_count(0)
        amir = bank.client(bank.login_demo("amir"))
        trail = amir.get("/audit", params={"subject": f"holiday:{day.isoformat()}"}).json()["items"]
        assert [(one["command"], one["reason"]) for one in trail] == [
            ("withdraw-holiday", "The vault stays."),
            ("keep-holiday", "The vault is moved."),
        ]


class TestTheServices:
    def test_show_what_the_gateway_measured(self, bank: Bank, page: Page) -> None:
        sam = bank.client(bank.login_demo("sam"))
        enter(page, "sam")
        page.get_by_role("link", name="Services").click()
        table = page.get_by_role("region", name="Services")
        expect(table.get_by_role("row")).to_have_count(6)
        row = table.get_by_role("row").filter(has_text="identity")
        expect(row).to_contain_text("Well")
        expect(row).to_contain_text(" ms")
        expect(table.get_by_role("link")).to_have_count(0)
        [identity] = [one for one in sam.get("/services").json()["items"] if one["service"] == "identity"]
        assert identity["requests"] > 0
        assert identity["p50_ms"] <= identity["p99_ms"]


class TestStaff:
    def test_get_another_position_from_an_administrator_for_a_reason(self, bank: Bank, page: Page) -> None:
        alma = bank.client(bank.login_demo("alma"))
        hired = {"name": "Nils Newcomer", "email": f"nils-{new_id()}@demo.bank", "position": "Teller"}
        made = alma.post("/staff", json={**hired, "branch_id": "main", "hire_date": "2026-01-02"})
        assert made.status_code == 201, made.text
        enter(page, "alma")
        page.goto("/staff/branches")
        card = page.locator("section").filter(has=page.get_by_label("Reports to"))
        card.get_by_role("combobox", name="Staff").select_option(label="Nils Newcomer")
        card.get_by_label("Position").fill("Head teller")
        card.get_by_label("Reason").fill("Runs the desk since June.")
        card.get_by_role("button", name="Save").click()
        bank.wait_until(lambda: alma.get(f"/staff/{made.json()['id']}").json()["position"] == "Head teller")
        trail = alma.get("/audit", params={"subject": f"staff:{made.json()['id']}"}).json()["items"]
        assert ("edit-staff", "Runs the desk since June.") in [(one["command"], one["reason"]) for one in trail]


class TestAnAnnouncement:
    def test_reaches_one_branch_alone(self, bank: Bank, page: Page) -> None:
        sam, ada = bank.client(bank.login_demo("sam")), bank.client(bank.login_demo("ada"))
        made = sam.post("/branches", json={"name": f"Lighthouse {new_id()[-6:]}", "location": "Kiel"}).json()
        title = f"The lift is mended {new_id()[-6:]}"
        enter(page, "sue")
        page.goto("/staff/announcements")
        page.get_by_label("Title").fill(title)
        page.get_by_label("Message").fill("Use the stairs.")
        page.get_by_label("For", exact=True).select_option("branch")
        expect(page.get_by_role("button", name="Announce", exact=True)).to_be_disabled()
        page.get_by_label("Branch", exact=True).select_option(label=made["name"])
        page.get_by_role("button", name="Announce", exact=True).click()
        expect(page.get_by_role("row").filter(has_text=title)).to_contain_text(f"A branch: {made['id']}")
        assert title not in [one["title"] for one in ada.get("/announcements").json()["items"]]
