"""The SBOM that the build makes: all that the locks bring, with what it is for."""

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hatch_build import HTMX, make_sbom, parse_lock

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sbom() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(make_sbom(ROOT))
    return content


def components(sbom: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in sbom["components"]}


def test_every_package_of_the_runtime_lock_stands_in_it_with_version_and_hashes(
    sbom: dict[str, Any],
) -> None:
    found = components(sbom)
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = [line.split(" ")[0].split("==") for line in lines if "==" in line and line[0] != " "]
    assert len(locked) > 20
    for name, version in locked:
        assert found[name]["version"] == version
        assert found[name]["purl"] == f"pkg:pypi/{name}@{version}"
    hashes = {item["content"] for component in found.values() for item in component["hashes"]}
    assert {line.split(":")[1].strip(" \\") for line in lines if "--hash" in line} <= hashes


def test_what_runs_what_may_be_added_and_what_only_builds_are_told_apart(
    sbom: dict[str, Any],
) -> None:
    scopes = {name: item["scope"] for name, item in components(sbom).items()}
    assert scopes["django"] == scopes["sqlparse"] == "required"
    assert scopes["psycopg"] == scopes["tornado"] == "optional"
    assert scopes["packaging"] == "required", "a policy brings it: it is not for building alone"
    assert scopes["hatchling"] == scopes["pathspec"] == "excluded"
    assert "pytest" not in scopes


def test_the_script_that_pages_carry_stands_in_it_with_its_hash(sbom: dict[str, Any]) -> None:
    htmx = components(sbom)["htmx.org"]
    assert htmx["purl"] == f"pkg:npm/htmx.org@{htmx['version']}"
    assert htmx["hashes"] == [
        {"alg": "SHA-256", "content": sha256((ROOT / HTMX).read_bytes()).hexdigest()}
    ]


def test_the_graph_says_who_brings_what_and_names_only_what_is_listed(
    sbom: dict[str, Any],
) -> None:
    graph = {item["ref"]: item["dependsOn"] for item in sbom["dependencies"]}
    listed = {item["bom-ref"] for item in sbom["components"]}
    software = sbom["metadata"]["component"]["bom-ref"]
    assert set(graph) - {software} <= listed
    assert all(ref in listed for brought in graph.values() for ref in brought)
    django = components(sbom)["django"]["purl"]
    assert django in graph[software]
    assert {ref.split("@")[0] for ref in graph[django]} >= {
        "pkg:pypi/asgiref", "pkg:pypi/sqlparse"
    }  # fmt: skip


def test_the_fonts_that_come_with_the_software_are_listed(sbom: dict[str, Any]) -> None:
    fonts = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("templates/fonts/*.ttf")]
    assert fonts
    assert set(fonts) <= set(components(sbom))


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "templates" / "fonts", tmp_path / "templates" / "fonts")
    (tmp_path / HTMX).parent.mkdir(parents=True)
    shutil.copy(ROOT / HTMX, tmp_path / HTMX)
    assert make_sbom(tmp_path) == make_sbom(ROOT)


def test_locks_that_disagree_are_refused(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "requirements-dev.lock", tmp_path)
    (tmp_path / "requirements.lock").write_text("django==1.0 \\\n    --hash=sha256:" + "0" * 64)
    with pytest.raises(ValueError, match="disagree on django"):
        make_sbom(tmp_path)


def test_a_lock_is_read_whole_or_refused() -> None:
    lock = (
        "# made by a machine\n"
        f"un==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'a' * 64}\n    # via deux\n"
        f"deux==2.0.post1 \\\n    --hash=sha256:{'b' * 64} \\\n    --hash=sha256:{'c' * 64}\n"
        "    # via\n    #   trois\n    #   quatre (pyproject.toml)\n"
    )
    un, deux = parse_lock(lock).values()
    assert (un.version, un.marker, un.wanted_by) == ("1.0", "sys_platform == 'win32'", ["deux"])
    assert (deux.version, deux.hashes) == ("2.0.post1", ["b" * 64, "c" * 64])
    assert deux.wanted_by == ["trois", "quatre"]
    with pytest.raises(ValueError, match="line 2 of the lock is not understood"):
        parse_lock("# ok\nun @ file:///ailleurs\n")
