"""Who may become a customer, and how their details are written."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.errors import Conflict, Forbidden, Invalid, NotFound

MINIMUM_AGE_YEARS = 16
_SHORTEST_E164 = 8  # a plus and seven digits: shorter ones reach services, not people


class CustomerStatus(StrEnum):
    """`pending`: the login is not certain yet. `abandoned`: it never came; the same e-mail resumes the row."""

    PENDING = "pending"
    ACTIVE = "active"
    ABANDONED = "abandoned"


class KycState(StrEnum):
    """How far the bank has come in knowing the customer."""

    APPLIED = "applied"
    VERIFYING = "verifying"
    VERIFIED = "verified"
    REJECTED = "rejected"


class AlreadyRegistered(Conflict):
    """The e-mail address or the phone number belongs to a customer already."""

    code = "accounts.already-registered"
    title = "Already registered"
    next_step = "Sign in, or reset the password if it is forgotten."


class CustomerNotFound(NotFound):
    """Missing, or another customer."""

    code = "accounts.customer-not-found"
    title = "No such customer"
    next_step = "Search for the customer again; the id may be mistyped."


class BadEmail(Invalid):
    """Not an e-mail address."""

    code = "accounts.bad-email"
    title = "The e-mail address is not valid"
    next_step = "Write the address as name@example.org."


class BadPhone(Invalid):
    """Not a phone number in international form."""

    code = "accounts.bad-phone"
    title = "The phone number is not valid"
    next_step = "Write the number with its country code, as in +49 30 1234567."


class BadCountry(Invalid):
    """Not an ISO 3166-1 alpha-2 code."""

    code = "accounts.bad-country"
    title = "The country is not valid"
    next_step = "Use the two-letter country code, as in DE."


class BadDateOfBirth(Invalid):
    """In the future, or before anyone alive was born."""

    code = "accounts.bad-date-of-birth"
    title = "The date of birth is not valid"
    next_step = "Write the date of birth as YYYY-MM-DD."


class TooYoung(Invalid):
    """The bank takes no customer of this age without a guardian."""

    code = "accounts.too-young"
    title = "The customer is too young"
    next_step = "Come to a branch with a guardian."


class PasswordRefused(Invalid):
    """The login could not be made with this password."""

    code = "accounts.password-refused"
    title = "The password was not accepted"
    next_step = "Choose another password; the detail says what was wrong with this one."


class KycStep(Conflict):
    """From the state it is in, knowing the customer does not go there."""

    code = "accounts.kyc-step"
    title = "The check of the customer does not go from this state to that one"
    next_step = "Take one of the states that possible names."


class KycIncomplete(Invalid):
    """A level belongs to `verified`, a reason to `rejected`."""

    code = "accounts.kyc-incomplete"
    title = "The level or the reason is missing, or does not belong there"
    next_step = "Name kyc_level 1 to 3 with verified, and the reason with rejected."


class BadValidity(Invalid):
    """An address is valid from one day until a later one."""

    code = "accounts.bad-validity"
    title = "The address would end before it begins"
    next_step = "Name a day in valid_until that is after valid_from."


class ProofNeeded(Forbidden):
    """Names and date of birth are changed by staff who have seen a document."""

    code = "accounts.proof-needed"
    title = "The bank changes this when it has seen a document"
    next_step = "Bring the document to a branch, or write to support."


KYC_STEPS: dict[str, tuple[str, ...]] = {
    KycState.APPLIED: (KycState.VERIFYING,),
    KycState.VERIFYING: (KycState.VERIFIED, KycState.REJECTED),
    KycState.VERIFIED: (KycState.VERIFYING, KycState.VERIFIED),
    KycState.REJECTED: (KycState.VERIFYING,),
}
"""What may follow what; a verified customer may get another level."""


def kyc_level_after(*, state: str, wanted: str, level: int | None, present: int, reason: str | None) -> int:
    """Give the level that a customer has once the officer has decided.

    :raises KycStep: if that state does not follow
    :raises KycIncomplete: if a level or a reason is missing, or a level does not belong there
    """
    if wanted not in KYC_STEPS[state]:
        raise KycStep(kyc_state=state, possible=[str(one) for one in KYC_STEPS[state]])
    if (wanted == KycState.VERIFIED) != (level is not None) or (wanted == KycState.REJECTED and not reason):
        raise KycIncomplete
    if wanted == KycState.REJECTED:
        return 0
    return present if level is None else level


@dataclass(frozen=True, slots=True)
class Address:
    """Where a customer lives; `country` is ISO 3166-1 alpha-2."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class Person:
    """The details of a customer as the bank keeps them; income in minor units a year."""

    email: str
    phone: str
    first_name: str
    last_name: str
    date_of_birth: date
    gender: str | None
    occupation: str | None
    income_minor: int | None
    income_currency: str | None


def read_email(text: str, *, allow_test_domains: bool) -> str:
    """Give an e-mail address in the form in which it is unique: without case.

    :raises BadEmail: if it is none, or one that only few mail servers deliver to (letters beyond ASCII before the @)
    """
    from email_validator import EmailNotValidError, validate_email  # loaded on first use

    try:
        checked = validate_email(
            text, check_deliverability=False, test_environment=allow_test_domains, allow_smtputf8=False
        )
    except EmailNotValidError:
        raise BadEmail from None
    return checked.normalized.lower()


def mail_address(email: str) -> str:
    """Give a kept e-mail address as mail servers take it: its domain in ASCII."""
    if email.isascii():
        return email
    from email_validator import validate_email  # loaded on first use

    return str(validate_email(email, check_deliverability=False, test_environment=True).ascii_email)


def read_phone(text: str) -> str:
    """Give a phone number as E.164; without a leading + it is read as German.

    :raises BadPhone: if it is none
    """
    import phonenumbers  # loaded on first use

    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        raise BadPhone from None
    written = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if len(written) < _SHORTEST_E164 or not phonenumbers.is_possible_number(number):
        raise BadPhone
    return written


def read_country(text: str) -> str:
    """Give an ISO 3166-1 alpha-2 country code.

    :raises BadCountry: if there is no such country
    """
    import pycountry  # loaded on first use

    if len(text) != 2 or not text.isupper() or pycountry.countries.get(alpha_2=text) is None:
        raise BadCountry
    return text


def check_age(*, date_of_birth: date, today: date) -> None:
    """Refuse who is not born yet, too young, or older than anyone.

    :raises BadDateOfBirth: if it is no possible date of birth
    :raises TooYoung: if the person is under 16 years
    """
    if date_of_birth > today or today.year - date_of_birth.year > 130:
        raise BadDateOfBirth
    before_birthday = (today.month, today.day) < (date_of_birth.month, date_of_birth.day)
    if today.year - date_of_birth.year - before_birthday < MINIMUM_AGE_YEARS:
        raise TooYoung(minimum_age_years=MINIMUM_AGE_YEARS)


def mask_phone(phone: str) -> str:
    """Show the last three digits of a phone number."""
    return f"••••••{phone[-3:]}"


def mask_email(email: str) -> str:
    """Show the first letter and the domain of an e-mail address."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
