"""Layers of a profile: the region's file under the establishment's own."""

from pathlib import Path

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.model.profile import Profile
from contract_builder.profiles.load import display_name, iter_profile_paths, load_profile

REGION = """\
ars: {nom: ARS de région, adresse: {voie: 1 rue, commune: Ville}, representant: {fonction: Le DG}}
prs: {intitule: PRS de région, periode: 2023-2028}
etablissement: {statut: public, service_public: oui}
sites: [{finess_et: "1", nom: Site de région}]
"""
OWN = """\
type_contrat: etablissement
campagne: demo
contrat: {code: C1, date_effet: 2025-07-01}
etablissement: {finess_ej: "990000010", raison_sociale: CH, categorie: ch}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "_region.yaml").write_text(REGION, encoding="utf-8")
    return tmp_path


def load(folder: Path, own: str) -> tuple[Profile | None, Problems]:
    path = folder / "profiles" / "ch.yaml"
    path.write_text(own, encoding="utf-8")
    problems: Problems = []
    return load_profile(path, folder, problems), problems


def load_whole(folder: Path, own: str) -> Profile:
    profile, problems = load(folder, own)
    assert problems == []
    assert profile is not None
    return profile


def test_the_region_gives_what_the_establishment_does_not_say(folder: Path) -> None:
    profile = load_whole(folder, OWN)
    assert profile.ars.nom == "ARS de région"
    assert profile.etablissement.statut == "public"
    assert profile.etablissement.service_public is True
    assert profile.sites[0].nom == "Site de région"


def test_the_establishment_wins_key_by_key_inside_a_group(folder: Path) -> None:
    own = OWN.replace("categorie: ch", "categorie: ch, statut: espic")
    profile = load_whole(folder, f"{own}prs: {{periode: 2028-2033}}\n")
    assert profile.etablissement.statut == "espic"
    assert profile.etablissement.service_public is True
    assert profile.prs is not None
    assert (profile.prs.intitule, profile.prs.periode) == ("PRS de région", "2028-2033")


@pytest.mark.parametrize("blank", ["", "~", "''"])
def test_a_key_left_blank_overrides_nothing(folder: Path, blank: str) -> None:
    own = OWN.replace("categorie: ch", f"categorie: ch, statut: {blank} ")
    profile = load_whole(folder, f"{own}prs: {blank}\nars: {{nom: {blank} }}\nsites: {blank}\n")
    assert profile.etablissement.statut == "public"
    assert profile.prs is not None
    assert profile.ars.nom == "ARS de région"
    assert len(profile.sites) == 1


def test_a_list_replaces_the_region_s_whole(folder: Path) -> None:
    profile = load_whole(folder, f'{OWN}sites: [{{finess_et: "2", nom: Mon site}}]\n')
    assert [site.nom for site in profile.sites] == ["Mon site"]
    assert load_whole(folder, f"{OWN}sites: []\n").sites == ()


def test_every_value_says_from_which_layer_it_comes(folder: Path) -> None:
    profile = load_whole(folder, OWN)
    assert str(profile.ars.place_of("nom")) == "profiles/_region.yaml:1:12"
    assert profile.etablissement.place_of("statut").file == "profiles/_region.yaml"
    assert profile.etablissement.place_of("categorie").file == "profiles/ch.yaml"


def test_a_problem_is_told_in_the_layer_that_holds_it(folder: Path) -> None:
    region = folder / "profiles" / "_region.yaml"
    region.write_text(REGION.replace("periode:", "period:"), encoding="utf-8")
    profile, problems = load(folder, OWN)
    assert profile is not None
    assert [(p.code, str(p.place)) for p in problems] == [
        ("cle-inconnue", "profiles/_region.yaml:2:32")
    ]


def test_a_profile_alone_needs_no_region(tmp_path: Path) -> None:
    own = OWN.replace("categorie: ch", "categorie: ch, statut: public")
    (tmp_path / "profiles").mkdir()
    profile, problems = load(tmp_path, f"{own}ars: {{nom: A, representant: {{fonction: DG}}}}\n")
    assert profile is not None
    assert problems == []


@pytest.mark.parametrize("name", ["_region.yaml", "ch.yaml"])
def test_a_broken_layer_leaves_no_profile(folder: Path, name: str) -> None:
    broken = "a: 'ouvert"
    if name == "_region.yaml":
        (folder / "profiles" / name).write_text(broken, encoding="utf-8")
        profile, problems = load(folder, OWN)
    else:
        profile, problems = load(folder, broken)
    assert profile is None
    assert [(p.code, p.place.file) for p in problems] == [("yaml-invalide", f"profiles/{name}")]


def test_shared_layers_are_not_profiles(folder: Path) -> None:
    for name in ("b.yaml", "a.yaml", "_groupe.yaml", "notes.txt"):
        (folder / "profiles" / name).write_text("", encoding="utf-8")
    assert [path.name for path in iter_profile_paths(folder / "profiles")] == ["a.yaml", "b.yaml"]


def test_a_profile_outside_the_folder_is_named_by_its_whole_path(tmp_path: Path) -> None:
    outside = tmp_path / "ailleurs" / "ch.yaml"
    assert display_name(outside, tmp_path / "projet") == str(outside)
    assert display_name(tmp_path / "projet" / "p" / "ch.yaml", tmp_path / "projet") == "p/ch.yaml"
