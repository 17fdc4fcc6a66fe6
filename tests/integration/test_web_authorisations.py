"""« Autorisations » over HTTP: grouped, with what runs out; one found by words and added."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"
PAGE = f"/etablissements/{NAME}/autorisations"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A working folder, served."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    with serving(project) as url:
        yield project, url


@pytest.fixture
def profile(address: tuple[Path, str]) -> Iterator[Path]:
    """The profile's file, put back after the test."""
    path = address[0] / "profiles" / f"{NAME}.yaml"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


@pytest.fixture
def browser(address: tuple[Path, str]) -> WebClient:
    """A browser without cookies."""
    return WebClient(address[1])


def test_authorisations_stand_under_their_site_and_activity_with_labels(browser, profile):
    page = browser.ask(PAGE).text
    site, activity = page.index('id="site-990000028"'), page.index("<h3>")
    assert site < activity < page.index("n° 99-99-0001")
    assert "Médecine" in page[activity : activity + 60]
    assert "fin 30\u00a0juin\u00a02031" in page


def test_an_end_that_is_over_is_told_in_words(browser, profile):
    text = profile.read_text("utf-8").replace("date_fin: 2031-06-30", "date_fin: 2020-06-30")
    profile.write_text(text, "utf-8")
    page = browser.ask(PAGE).text
    assert re.search(r'tag error">\s*fin 30.juin.2020 : dépassée', page)


def test_an_authorisation_is_found_by_words_and_its_codes_fill_a_line(browser, profile):
    form = browser.fields_of(PAGE)
    form["_mots"] = ["médecine"]
    answer = browser.ask(PAGE, {**form, "_action": "chercher:"})
    assert answer.status == 200
    (choice, *_) = re.findall(r'value="(quintuplet:[^"]+)"', answer.text)
    answer = browser.ask(PAGE, {**form, "_action": choice, "_site": "990000028"})
    assert "Lignes à compléter (1)" in answer.text
    codes = choice.partition(":")[2].split("/")
    for key, code in zip(
        ("activite", "modalite", "mention", "pts", "declaration"), codes, strict=True
    ):
        assert f'name="autorisations.1.{key}" value="{code}"' in answer.text
        form[f"autorisations.1.{key}"] = [code]
    assert 'name="autorisations.1.finess_et" value="990000028"' in answer.text
    form["autorisations._lignes"] = ["0", "1"]
    form |= {"autorisations.1._rang": ["-1"], "autorisations.1.finess_et": ["990000028"]}
    form |= {"autorisations.1.statut": ["02"], "autorisations.1.numero_arhgos": ["99-99-0002"]}
    assert browser.ask(PAGE, {**form, "_action": "enregistrer"}).status == 302
    saved = profile.read_text("utf-8")
    assert "99-99-0002" in saved
    assert saved.count('finess_et: "990000028"') == 3


def test_an_untouched_page_saves_nothing(browser, profile):
    before = profile.read_bytes()
    assert browser.ask(PAGE, {**browser.fields_of(PAGE), "_action": "enregistrer"}).status == 302
    assert profile.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("zzzz", "Aucune combinaison"),
        ("<script>x</script>", "Aucune combinaison"),
        ("é" * 5000, ""),
    ],
)
def test_words_that_answer_to_nothing_are_told(browser, profile, words, told):
    answer = browser.ask(PAGE, {**browser.fields_of(PAGE), "_mots": words, "_action": "chercher:"})
    assert answer.status == 200
    assert told in answer.text
    assert "<script>x" not in answer.text


@pytest.mark.parametrize("action", ["quintuplet:QA001", "quintuplet:a/b/c/d/e/f", "quintuplet:"])
def test_a_choice_that_names_no_five_codes_adds_no_line(browser, profile, action):
    answer = browser.ask(PAGE, {**browser.fields_of(PAGE), "_action": action})
    assert answer.status == 200
    assert "autorisations.1." not in answer.text


def test_a_forged_quintuplet_is_refused_by_the_same_check(browser, profile):
    form = browser.fields_of(PAGE)
    answer = browser.ask(PAGE, {**form, "_action": "quintuplet:QA001/<b>/ME000/PTS00/DE000"})
    assert "&lt;b&gt;" in answer.text
    assert "<b>" not in answer.text
    assert "à corriger" in answer.text


def test_what_a_registry_alone_says_is_read_only(browser, address, profile):
    text = profile.read_text("utf-8")
    kept = re.sub(r"autorisations:\n.*\n", "", text)
    line = re.search(r"autorisations:\n.*\n", text)[0]
    profile.write_text(kept, "utf-8")
    region = address[0] / "profiles" / "_region.yaml"
    before = region.read_text("utf-8")
    region.write_text(before + line, "utf-8")
    try:
        page = browser.ask(PAGE).text
    finally:
        region.write_text(before, "utf-8")
    assert "n° 99-99-0001" in page
    assert "se corrige à sa source" in page
    assert 'name="autorisations.0.activite"' not in page
