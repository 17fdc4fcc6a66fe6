"""Which database a project keeps its versions in."""

from pathlib import Path

import pytest

from contract_builder.store.errors import StoreError
from contract_builder.store.location import DATABASE_VARIABLE, find_location, store_exists


def test_the_store_is_a_file_of_the_project_unless_told_otherwise(tmp_path: Path) -> None:
    for environ in ({}, {DATABASE_VARIABLE: "  "}):
        location = find_location(tmp_path, environ)
        assert location.file == tmp_path / "output" / "cpom.sqlite3"
        assert not store_exists(tmp_path, environ)


def test_asking_where_a_store_is_creates_nothing(tmp_path: Path) -> None:
    find_location(tmp_path, {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_an_address_names_a_database_and_its_server(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}://agent:m%40t@serveur:5433/cpom?sslmode=require"
    location = find_location(tmp_path, {DATABASE_VARIABLE: url})
    settings = location.settings
    names = [settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert names == ["cpom", "agent", "m@t", "serveur", "5433"]
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert location.name == "base « cpom » de serveur"
    assert store_exists(tmp_path, {DATABASE_VARIABLE: url})


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    url = "postgresql://agent:motdepasse@serveur/cpom"
    location = find_location(tmp_path, {DATABASE_VARIABLE: url})
    assert "motdepasse" not in repr(location)
    assert "motdepasse" not in location.name


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://agent:secret@serveur/cpom", "doit être l’adresse d’une base PostgreSQL"),
        ("cpom.sqlite3", "doit être l’adresse d’une base PostgreSQL"),
        ("postgresql://agent:secret@serveur/cpom?inconnu=1", "est mal formée"),
        ("postgresql://agent:secret@[::1/cpom", "est mal formée"),
        ("postgresql://agent:secret@serveur", "ne nomme pas de base"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(
    tmp_path: Path, url: str, message: str
) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        find_location(tmp_path, {DATABASE_VARIABLE: url})
    assert "secret" not in str(caught.value)


def test_each_database_has_a_key_of_its_own(tmp_path: Path) -> None:
    urls = ["postgresql://a:x@serveur/cpom", "postgresql://a:y@serveur/cpom", ""]
    keys = {find_location(tmp_path, {DATABASE_VARIABLE: url}).key for url in urls}
    assert len(keys) == 3
    assert find_location(tmp_path / "autre", {}).key not in keys
