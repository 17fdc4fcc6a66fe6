"""Numbers of establishments and identifiers of sections: shapes and check digits."""

import re

_FINESS = re.compile(r"[0-9][0-9A-Z][0-9]{7}")
_IDENTIFIER = re.compile(r"[a-z0-9-]+")


def is_identifier(text: str) -> bool:
    """True for an id of the library: lower-case letters, digits and hyphens."""
    return _IDENTIFIER.fullmatch(text) is not None


def section_id_of_sheet(code: str) -> str:
    """The section id of a sheet: « CPOM_OS_2 » gives « cpom-os-2 »."""
    return re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")


def is_finess(text: str) -> bool:
    """True for nine characters of the FINESS shape, whatever the check digit."""
    return _FINESS.fullmatch(text) is not None


def has_luhn_key(digits: str) -> bool:
    """True when the last digit is the Luhn key of the others (FINESS, SIREN, SIRET).

    The letter of Corsican numbers counts by its rank, A as 1 and B as 2. Source: the numbers
    2A0000154 and 2A0000204 of the SAE data, whose keys are right with A as 1 alone.
    """
    total = 0
    for index, character in enumerate(reversed(digits)):
        digit = int(character) if character.isdecimal() else (ord(character) - ord("@")) % 10
        if index % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def sheet_order(code: str) -> tuple[str, int]:
    """Sorts « CPOM_OS_2 » before « CPOM_OS_10 »."""
    prefix, _, number = code.rpartition("_")
    return (prefix, int(number)) if number.isdecimal() else (code, 0)
