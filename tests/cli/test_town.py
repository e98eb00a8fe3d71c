"""The made-up town: the same seed, the same people and days; nothing that the bank would refuse as such."""

from datetime import date, timedelta

from cli.people import registration_of
from cli.town import PAY_DAY, Days, people_of

FIRST = date(2027, 1, 4)


class TestPeople:
    def test_are_the_same_for_the_same_seed_and_others_for_another(self) -> None:
        assert people_of(customers=9, seed=7) == people_of(customers=9, seed=7)
        assert people_of(customers=9, seed=7) != people_of(customers=9, seed=8)

    def test_stay_who_they_are_when_more_come(self) -> None:
        assert people_of(customers=20, seed=7)[:9] == people_of(customers=9, seed=7)

    def test_have_names_phones_and_logins_of_their_own(self) -> None:
        bodies = [registration_of(one.person) for one in people_of(customers=400, seed=3)]
        for name in ("email", "phone"):
            assert len({body[name] for body in bodies}) == 400

    def test_pay_less_rent_than_they_earn_and_never_what_asks_for_a_step_up(self) -> None:
        for one in people_of(customers=400, seed=3):
            assert 0 <= one.rent_minor < 100_000
            assert one.is_shop or one.rent_minor < one.salary_minor
            assert all(account.deposit_minor >= 1_000 for account in one.person.accounts)


class TestDays:
    def test_bring_the_same_payments_again_and_none_to_oneself(self) -> None:
        people = people_of(customers=12, seed=7)
        for ahead in range(40):
            day = FIRST + timedelta(days=ahead)
            for number in range(12):
                found = Days(people, seed=7).payments(day, number)
                assert found == Days(people, seed=7).payments(day, number)
                assert all(one.payer != one.payee or one.to_savings for one in found)
                assert all(0 < one.amount_minor < 100_000 for one in found)

    def test_without_a_market_or_a_pay_day_bring_nothing(self) -> None:
        people = people_of(customers=12, seed=7)
        days = Days(people, seed=7)
        for ahead in range(60):
            day = FIRST + timedelta(days=ahead)
            if not days.is_busy(day):
                assert (
                    [*days.salaries(day)] == [] == [one for number in range(12) for one in days.payments(day, number)]
                )

    def test_pay_everybody_who_works_once_a_month(self) -> None:
        people = people_of(customers=12, seed=7)
        paid = [number for number, _amount, _text in Days(people, seed=7).salaries(date(2027, 1, PAY_DAY))]
        assert paid == [number for number, one in enumerate(people) if one.salary_minor]
