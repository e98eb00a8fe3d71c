"""E-mail addresses: one spelling for one mailbox."""

import unicodedata

from shared.errors import Invalid

MAX_EMAIL_LENGTH = 254


class InvalidEmail(Invalid):
    """The address cannot be one."""

    code = "identity.invalid-email"
    title = "Not an e-mail address"
    next_step = "Write the address as name@example.org."


def normalise_email(*, email: str, allow_test_domains: bool = False) -> str:
    """Give the one spelling under which an address is kept: valid and in lower case, without asking the network.

    Case in the local part is given up on purpose: two logins that differ in case only would be one person's mistake.

    :raises InvalidEmail: if the address breaks the rules of its syntax
    """
    from email_validator import EmailNotValidError, validate_email  # late: start-up counts

    try:
        checked = validate_email(
            email, check_deliverability=False, test_environment=allow_test_domains, allow_smtputf8=False
        )
    except EmailNotValidError:
        raise InvalidEmail("The e-mail address is not valid.") from None
    if len(checked.normalized) > MAX_EMAIL_LENGTH:
        raise InvalidEmail("The e-mail address is too long.", max_length=MAX_EMAIL_LENGTH)
    return checked.normalized.lower()


def email_as_typed(email: str) -> str:
    """Give what a typed address is looked up by; one that is no address finds nobody."""
    return unicodedata.normalize("NFC", email.strip()).lower()


def mask_email(email: str) -> str:
    """Show the first letter and the domain of an address, as lists do with those of customers."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
