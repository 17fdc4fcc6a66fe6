"""Numbers of establishments and identifiers of sections: shapes and check digits."""

import re

_FINESS = re.compile(r"[0-9][0-9A-Z][0-9]{7}")
_REFERENCE = re.compile(r"([0-9][0-9A-Z][0-9]{7})@([1-9][0-9]{0,8})")
_CONTRACT_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?")
_MAX_CONTRACT_CODE = 60
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


def split_version_reference(text: str) -> tuple[str, int] | None:
    """The legal entity and the number that « 990000011@3 » names; None for another shape."""
    found = _REFERENCE.fullmatch(text.strip().upper())
    return None if found is None else (found[1], int(found[2]))


def is_contract_code(text: str) -> bool:
    """True for a code that may name files and stand in a command.

    ASCII letters and digits, between them spaces, dots, hyphens and underscores, no two dots
    together, at most 60 characters.
    """
    return (
        len(text) <= _MAX_CONTRACT_CODE
        and ".." not in text
        and _CONTRACT_CODE.fullmatch(text) is not None
    )


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
