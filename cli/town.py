"""A made-up town for `strongroom seed --customers`: who lives there, and what each day brings.

The same seed makes the same town. Amounts are in minor units of EUR. Pay comes at a month's end, rent goes by standing
order, people shop on Wednesdays and Saturdays; shops and the landlord are neighbours with accounts of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from cli.people import DemoAccount, DemoCustomer

FIRST_NAMES = (
    "Anna", "Bruno", "Clara", "David", "Elif", "Felix", "Greta", "Hakan", "Ida", "Jonas", "Katja", "Lukas", "Mira",
    "Nils", "Olga", "Paul", "Rosa", "Samuel", "Tessa", "Uwe", "Vera", "Willi", "Yara", "Zoran",
)  # fmt: skip
LAST_NAMES = (
    "Albrecht", "Bauer", "Castellani", "Demir", "Engel", "Fischer", "Graf", "Hoffmann", "Ivanova", "Jansen", "Kowalski",
    "Lehmann", "Moreau", "Nowak", "Ortega", "Peters", "Richter", "Sommer", "Thomsen", "Ulrich", "Vogel", "Winkler",
)  # fmt: skip
STREETS = (
    "Ahornweg",
    "Bachstraße",
    "Birkenallee",
    "Gartenstraße",
    "Kirchplatz",
    "Lindenstraße",
    "Marktgasse",
    "Uferweg",
)
TOWNS = (("10115", "Berlin"), ("20457", "Hamburg"), ("50667", "Köln"), ("80331", "München"), ("04109", "Leipzig"))
SHOPS = ("Baker", "Bookseller", "Chemist", "Grocer")
GOODS = {
    "Baker": ("Bread and rolls", 250, 1_900),
    "Bookseller": ("Books", 900, 4_500),
    "Chemist": ("Chemist", 400, 3_800),
    "Grocer": ("Groceries", 1_500, 14_000),
}
JOBS = (
    ("Carpenter", 265_000), ("Engineer", 390_000), ("Nurse", 295_000), ("Pensioner", 165_000), ("Student", 85_000),
    ("Teacher", 345_000), ("Tram driver", 255_000),
)  # fmt: skip
SHOP_EVERY = 4
"""Each fourth customer keeps a shop; the very first has the houses."""
MARKET_DAYS = (2, 5)
"""Wednesday and Saturday."""
PAY_DAY, SAVING_DAY = 28, 2


@dataclass(frozen=True)
class Neighbour:
    """A customer of the town with a rhythm; amounts a month, and to whom the rent goes (an index, or None)."""

    person: DemoCustomer
    salary_minor: int
    rent_minor: int
    saved_minor: int
    is_shop: bool


@dataclass(frozen=True)
class Payment:
    """One neighbour pays another one (by index); the payee's savings account if `to_savings`."""

    payer: int
    payee: int
    amount_minor: int
    description: str
    to_savings: bool = False


def people_of(*, customers: int, seed: int) -> list[Neighbour]:
    """Give a town's people; more customers leave the first ones as they are."""
    first_phone = Random(f"phone-{seed}").randrange(10**8)  # noqa: S311 - made-up people, not secrets
    return [_neighbour(number, seed, (first_phone + number) % 10**8) for number in range(customers)]


def _neighbour(number: int, seed: int, phone: int) -> Neighbour:
    chance = Random(f"person-{seed}-{number}")  # noqa: S311 - made-up people, not secrets
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    is_shop = number % SHOP_EVERY == 1
    occupation, salary = (chance.choice(SHOPS), 0) if is_shop else chance.choice(JOBS)
    salary += salary * chance.randrange(-10, 16) // 100
    postal_code, city = chance.choice(TOWNS)
    saves = not is_shop and chance.randrange(100) < 40
    accounts = [DemoAccount("current", chance.randrange(40_000, 260_000))]
    if saves:
        accounts.append(DemoAccount("savings", chance.randrange(20_000, 900_000), "Savings"))
    person = DemoCustomer(
        name=f"{first}.{last}.{seed}.{number + 1}".lower(),
        first_name=first,
        last_name=last,
        phone=f"+49151{phone:08d}",
        date_of_birth=date(chance.randrange(1945, 2006), chance.randrange(1, 13), chance.randrange(1, 29)).isoformat(),
        occupation=occupation,
        street=f"{chance.choice(STREETS)} {chance.randrange(1, 120)}",
        postal_code=postal_code,
        city=city,
        accounts=tuple(accounts),
    )
    rent = 0 if number == 0 else min(salary * chance.randrange(24, 36) // 100, 95_000)  # below what asks for a step-up
    return Neighbour(person, salary, rent, salary // 12 if saves else 0, is_shop)


class Days:
    """What a town's days bring. Each day and person has chances of its own: none depends on days before."""

    def __init__(self, people: list[Neighbour], *, seed: int) -> None:
        """Take a town of at least two."""
        self._people, self._seed = people, seed
        self._shops = [number for number, one in enumerate(people) if one.is_shop]

    def is_busy(self, day: date) -> bool:
        """Tell whether anything happens on a day."""
        return day.weekday() in MARKET_DAYS or day.day in (PAY_DAY, SAVING_DAY)

    def salaries(self, day: date) -> Iterator[tuple[int, int, str]]:
        """Give who is paid on a day: index, amount, text."""
        if day.day == PAY_DAY:
            for number, one in enumerate(self._people):
                if one.salary_minor:
                    text = "Pension" if one.person.occupation == "Pensioner" else f"Salary {day:%m/%Y}"
                    yield number, one.salary_minor, text

    def payments(self, day: date, number: int) -> list[Payment]:
        """Give what one person pays on a day."""
        chance = Random(f"day-{self._seed}-{day}-{number}")  # noqa: S311 - a made-up town, not secrets
        one, found = self._people[number], []
        if day.day == SAVING_DAY and one.saved_minor:
            found.append(Payment(number, number, one.saved_minor, "Put aside", to_savings=True))
        if day.weekday() in MARKET_DAYS:
            for shop in self._shops:
                if shop != number and chance.randrange(100) < 70 // len(self._shops) + 10:
                    text, least, most = GOODS[self._people[shop].person.occupation]
                    found.append(Payment(number, shop, chance.randrange(least, most), text))
            if chance.randrange(100) < 12:
                friend = chance.randrange(len(self._people))
                if friend != number:
                    text = chance.choice(("Cinema", "Dinner together", "Birthday", "Flea market"))
                    found.append(Payment(number, friend, chance.randrange(500, 6_000), text))
        return found[:20]
