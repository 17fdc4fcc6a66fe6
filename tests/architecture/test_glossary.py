"""The glossary gives the program's own names: a name that is gone must leave it."""

import re

from tests.architecture.repository import python_files, read

_NAME = re.compile(r"`([A-Za-z_.]+)`")


def test_every_name_of_the_glossary_is_one_of_the_program() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in python_files("contract_builder"))
    words = set(re.findall(r"\w+", sources))
    rows = [line.split("|") for line in read("docs/glossaire.md").splitlines()]
    names = {name for row in rows if len(row) == 5 for name in _NAME.findall(row[3])}
    assert len(names) > 30
    assert {name for name in names if not set(name.split(".")) <= words} == set()


def test_the_glossary_is_in_the_order_of_a_dictionary() -> None:
    rows = [line for line in read("docs/glossaire.md").splitlines() if line.startswith("| ")]
    words = [row.split("|")[1].strip() for row in rows[1:] if "---" not in row]
    assert len(words) == len(set(words))
    plain = [word.lower().translate(str.maketrans("éèêàâîôç", "eeeaaioc")) for word in words]
    assert plain == sorted(plain)
