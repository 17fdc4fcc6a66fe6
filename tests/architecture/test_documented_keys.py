"""Each key that a user may write in a file is shown in ``docs/guide/formats.md``.

A record class is a schema: its field names are the keys. Records that no other record holds are
the files; each has its section.
"""

import importlib
import pkgutil
import re
import typing
from collections.abc import Iterator
from dataclasses import fields

import pytest

import contract_builder.model
from contract_builder.model.condition import FACTS
from contract_builder.model.record import Record
from tests.architecture.repository import read

SECTIONS = {
    "CategoryNomenclature": "Nomenclature",
    "Campaign": "Campagne",
    "ClauseHeader": "Clause",
    "Coverage": "Couverture",
    "EvaluationFile": "Dossier d’évaluation",
    "DecisionFile": "Décisions",
    "FicheHeader": "Fiche",
    "FollowExport": "Export du suivi",
    "Nomenclature": "Nomenclature",
    "Outline": "Plan d’un contrat",
    "Profile": "Profil",
    "ReferenceFile": "Référence légale",
    "SourceDocuments": "Documents sources",
}
"""File record → title (or its beginning) of the section that shows its keys."""

SHARED = ("Règles communes", "Conditions")
_OWN_FIELDS = {field.name for field in fields(Record)}


def _record_classes() -> dict[str, type[Record]]:
    for module in pkgutil.iter_modules(contract_builder.model.__path__):
        importlib.import_module(f"contract_builder.model.{module.name}")
    return {cls.__name__: cls for cls in _subclasses(Record)}


def _subclasses(cls: type[Record]) -> Iterator[type[Record]]:
    """Those of the program: other tests make records of their own in this process."""
    for subclass in cls.__subclasses__():
        if subclass.__module__.startswith("contract_builder."):
            yield subclass
            yield from _subclasses(subclass)


def _records_in(kind: object) -> Iterator[type[Record]]:
    """Every record class inside a type: ``tuple[Site, ...]`` holds ``Site``."""
    if isinstance(kind, type) and issubclass(kind, Record):
        yield kind
    for inner in typing.get_args(kind):
        yield from _records_in(inner)


def _held_by(cls: type[Record]) -> set[type[Record]]:
    hints = typing.get_type_hints(cls)
    return {
        record
        for field in fields(cls)
        if field.name not in _OWN_FIELDS
        for record in _records_in(hints[field.name])
    }


def _file_records() -> set[str]:
    classes = _record_classes()
    held = {inner for cls in classes.values() for inner in _held_by(cls)}
    bases = {base for cls in classes.values() for base in cls.__mro__[1:]}
    return {name for name, cls in classes.items() if cls not in held and cls not in bases}


def _all_keys(cls: type[Record], seen: set[type[Record]]) -> set[str]:
    seen.add(cls)
    keys = {field.name for field in fields(cls)} - _OWN_FIELDS
    for inner in _held_by(cls) - seen:
        keys |= _all_keys(inner, seen)
    return keys


def _section_texts(title: str) -> str:
    """The text of every section whose title begins so."""
    sections = re.split(r"^## ", read("docs/guide/formats.md"), flags=re.MULTILINE)
    return "\n".join(text for text in sections if text.startswith(title))


def _shows(text: str, key: str) -> bool:
    """True when the text writes the key as YAML does or between backquotes.

    A key of several words is no word of prose: it counts anywhere.
    """
    if "_" in key:
        return re.search(rf"\b{key}\b", text) is not None
    return re.search(rf"(?<![\w.]){key}(?:\s*:|`)|`{key}\b", text) is not None


def test_every_file_record_has_its_section() -> None:
    assert _file_records() == set(SECTIONS)


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_every_key_of_a_file_is_shown_in_its_section(name: str) -> None:
    titles = (SECTIONS[name], *SHARED)
    text = "\n".join(_section_texts(title) for title in titles)
    keys = _all_keys(_record_classes()[name], set())
    assert {key for key in keys if not _shows(text, key)} == set()


def test_every_fact_is_shown_in_the_section_on_conditions() -> None:
    text = _section_texts("Conditions")
    assert {fact for fact in FACTS if f"`{fact}`" not in text} == set()
