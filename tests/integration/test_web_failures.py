"""The server is killed, the disk is full, the database is gone: told, and nothing is lost."""

import threading
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from contract_builder.services.editing import list_states, open_profile
from contract_builder.services.project import Project
from contract_builder.store.location import STORE_FILE
from tests.mini_project import PROFILE, copy_mini_project
from tests.refusing_disk import fill_disk, small_disk
from tests.unit.store.engines import make_engine
from tests.web_server import PASSWORD, Answer, WebClient, add_account, running, serving

PAGE = "/etablissements/valmont/identite"
FIELD = "etablissement.nom_court"


def save(client: WebClient, value: str, form: dict[str, list[str]] | None = None) -> Answer:
    """The answer to the form of the page, sent with a short name."""
    sent = form or client.fields_of(PAGE)
    return client.ask(PAGE, {**sent, FIELD: [value], "_action": "enregistrer"})


def short_name(folder: Path) -> str:
    """What the file says, which must be one that the software reads without a problem."""
    with Project(folder) as project:
        problems: list = []
        profile = project.find_profile(folder / PROFILE, problems)
        assert profile is not None
        assert problems == []
        return profile.etablissement.nom_court


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.03, 0.06, 0.1])
def test_a_server_killed_while_it_saves_loses_nothing_that_it_said_was_saved(
    tmp_path: Path, seconds: float
) -> None:
    folder = copy_mini_project(tmp_path / "projet")
    answers: list[int] = []
    with running(folder) as server:
        client = WebClient(server.address)
        assert save(client, "Gardé").status == 302
        form = client.fields_of(PAGE)

        def save_again() -> None:
            try:
                answers.append(save(client, "En cours", form).status)
            except (OSError, HTTPException):
                answers.append(0)

        saving = threading.Thread(target=save_again)
        saving.start()
        saving.join(seconds)
        server.process.kill()
        saving.join()
    assert short_name(folder) in ({"En cours"} if answers == [302] else {"Gardé", "En cours"})
    with serving(folder) as address:
        client = WebClient(address)
        assert "aucune anomalie" in client.ask("/journal").text
        assert save(client, "Après").status == 302
    assert short_name(folder) == "Après"
    with Project(folder) as project:
        kept = [
            project.open_store().piece_bytes(s.sequence) for s in list_states(project, "valmont")
        ]
        assert kept[-1] == open_profile(project, "valmont").path.read_bytes()
        assert any("nom_court: Gardé" in data.decode() for data in kept)
    assert not list((folder / "profiles").glob(".*.tmp"))
    assert not list((folder / "profiles").glob(".*.part"))


def test_a_full_disk_is_told_the_file_stays_and_the_same_form_works_once_there_is_room(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disque", "8m") as disk:
        folder = copy_mini_project(disk / "projet")
        with serving(folder) as address:
            client = WebClient(address)
            assert save(client, "Avant").status == 302
            form = client.fields_of(PAGE)
            before = (folder / PROFILE).read_bytes()
            filler = fill_disk(disk)
            refused = save(client, "Pendant", form)
            assert refused.status == 422
            assert "disque" in refused.text
            assert 'value="Pendant"' in refused.text
            assert (folder / PROFILE).read_bytes() == before
            assert client.ask(PAGE).status == 200
            filler.unlink()
            assert save(client, "Pendant", form).status == 302
            assert "aucune anomalie" in client.ask("/journal").text
        assert short_name(folder) == "Pendant"


@pytest.fixture
def hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """A project whose store and accounts are in a PostgreSQL database."""
    engine = make_engine("postgresql", copy_mini_project(tmp_path / "projet"))
    monkeypatch.setenv("CPOM_DATABASE_URL", engine.environ["CPOM_DATABASE_URL"])
    add_account(engine.project, "chef", "administrateur")
    return engine


def test_a_database_that_goes_is_told_and_work_goes_on_once_it_is_back(hosted) -> None:
    with serving(hosted.project) as address:
        client = WebClient(address)
        assert client.enter("chef", PASSWORD).status == 302
        assert save(client, "Avant").status == 302
        form = client.fields_of(PAGE)
        before = (hosted.project / PROFILE).read_bytes()
        with hosted.gone():
            for answer in (save(client, "Pendant", form), client.ask("/journal"), client.ask("/")):
                assert answer.status == 503
                assert "La base ne répond pas" in answer.text
            assert (hosted.project / PROFILE).read_bytes() == before
        assert save(client, "Après", form).status == 302
        assert "aucune anomalie" in client.ask("/journal").text
    assert short_name(hosted.project) == "Après"


def test_a_store_whose_file_is_taken_away_is_told_and_nothing_is_saved_aside(
    tmp_path: Path,
) -> None:
    folder = copy_mini_project(tmp_path / "projet")
    with serving(folder) as address:
        client = WebClient(address)
        assert save(client, "Avant").status == 302
        form = client.fields_of(PAGE)
        store = folder / STORE_FILE
        aside = store.with_name("ailleurs.sqlite3")
        store.rename(aside)
        refused = save(client, "Pendant", form)
        assert refused.status == 422
        assert "Rien n’a été enregistré" in refused.text
        assert 'value="Pendant"' in refused.text
        assert short_name(folder) == "Avant"
        assert client.ask("/journal").status == 422
        aside.rename(store)
        assert save(client, "Après", form).status == 302
    assert short_name(folder) == "Après"
    with Project(folder) as project:
        assert len(list_states(project, "valmont")) == 3
