"""What the build adds to the wheel: the list of all that the software is made of (SBOM).

CycloneDX 1.6 as JSON, in the wheel's ``.dist-info/sboms/`` (PEP 770). It is made from the locks and
from ``pyproject.toml`` alone, so the same sources always give the same bytes: no date, no machine,
nothing looked up. ``make sbom`` writes it beside the wheel: ``python hatch_build.py FILE``.
"""

import json
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

NAME = "contract-builder.cdx.json"
HTMX = "contract_builder/web/static/web/htmx.min.js"
_PACKAGE = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: *; *(?P<marker>[^\\]+?))? *\\?$"
)
_HASH = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")
_REQUIREMENT_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(slots=True)
class LockedPackage:
    """One package of a lock: a hash for each of its files, and who asks for it."""

    name: str
    version: str
    marker: str | None
    hashes: list[str] = field(default_factory=list)
    wanted_by: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its package URL (purl), which advisories are looked up by."""
        return f"pkg:pypi/{self.name}@{self.version}"


def parse_lock(text: str) -> dict[str, LockedPackage]:
    """The packages of a lock that uv wrote, by name; ValueError when a line is not understood."""
    packages: dict[str, LockedPackage] = {}
    current: LockedPackage | None = None
    for number, line in enumerate(text.splitlines(), 1):
        found = _PACKAGE.fullmatch(line)
        digest = _HASH.search(line)
        if found is not None:
            current = LockedPackage(found["name"], found["version"], found["marker"])
            packages[current.name] = current
        elif current is not None and digest is not None:
            current.hashes.append(digest["digest"])
        elif current is not None and line.startswith("    #"):
            asker = line.strip(" #").removeprefix("via").strip()
            current.wanted_by += [asker.split(" ")[0]] if asker else []
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"line {number} of the lock is not understood: {line!r}")
    return packages


def make_sbom(root: Path) -> bytes:
    """The SBOM of the sources in ``root``: what runs, what may be added, what only builds."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project = settings["project"]
    packages = _read_locks(root)
    extras = [item for group in project["optional-dependencies"].values() for item in group]
    roots = {  # the first that reaches a package says what it is for
        "required": _names(project["dependencies"]),
        "optional": _names(extras),
        "excluded": _names(settings["dependency-groups"]["build"]),
    }
    scopes: dict[str, str] = {}
    for scope, names in roots.items():
        for name in _closure(names, packages):
            scopes.setdefault(name, scope)
    software = f"pkg:pypi/{project['name']}@{project['version']}"
    direct = sorted(set(roots["required"]) | set(roots["optional"]))
    content: dict[str, Any] = {
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": software,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": software,
            },
        },
        "components": [
            *(_package_component(packages[name], scopes[name]) for name in sorted(scopes)),
            *(_font_component(path, root) for path in sorted(root.glob("templates/fonts/*.ttf"))),
            _htmx_component(root / HTMX),
        ],
        "dependencies": [
            {"ref": software, "dependsOn": [packages[name].url for name in direct]},
            *_dependencies(packages, scopes),
        ],
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(content, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}"}
    whole = {**head, "version": 1, **content}
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()


def _read_locks(root: Path) -> dict[str, LockedPackage]:
    """The packages of the development lock, which holds all; ValueError when the locks disagree."""
    runtime, everything = (
        parse_lock((root / name).read_text(encoding="utf-8"))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    for package in runtime.values():
        other = everything.get(package.name)
        if other is None or (other.version, other.hashes) != (package.version, package.hashes):
            raise ValueError(f"the locks disagree on {package.name}: run « make lock »")
    return everything


def _names(requirements: Iterable[str]) -> list[str]:
    """The normalised names of requirements such as ``psycopg[binary]>=3.2``."""
    found = (_REQUIREMENT_NAME.match(item) for item in requirements)
    return [re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match is not None]


def _closure(names: Iterable[str], packages: Mapping[str, LockedPackage]) -> set[str]:
    """The packages named and all that they bring; KeyError for one that the locks do not hold."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = packages[waiting.pop()].name
        if name not in reached:
            reached.add(name)
            waiting += [other.name for other in packages.values() if name in other.wanted_by]
    return reached


def _package_component(package: LockedPackage, scope: str) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.url,
        "name": package.name,
        "version": package.version,
        "scope": scope,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
        "purl": package.url,
    }
    if package.marker is not None:
        component["properties"] = [{"name": "python:marker", "value": package.marker}]
    return component


def _font_component(path: Path, root: Path) -> dict[str, Any]:
    name = path.relative_to(root).as_posix()
    return {
        "type": "file",
        "bom-ref": f"file:{name}",
        "name": name,
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": sha256(path.read_bytes()).hexdigest()}],
        "licenses": [{"license": {"id": "OFL-1.1"}}],
    }


def _htmx_component(path: Path) -> dict[str, Any]:
    """The script that the pages carry, as its authors published it."""
    data = path.read_bytes()
    version = re.search(rb'version:"([0-9.]+)"', data)
    if version is None:
        raise ValueError(f"{path} does not say its version")
    url = f"pkg:npm/htmx.org@{version[1].decode()}"
    return {
        "type": "library",
        "bom-ref": url,
        "name": "htmx.org",
        "version": version[1].decode(),
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": sha256(data).hexdigest()}],
        "licenses": [{"license": {"id": "0BSD"}}],
        "purl": url,
    }


def _dependencies(
    packages: Mapping[str, LockedPackage], kept: Iterable[str]
) -> Iterable[dict[str, Any]]:
    names = sorted(kept)
    for name in names:
        brought = [packages[other].url for other in names if name in packages[other].wanted_by]
        yield {"ref": packages[name].url, "dependsOn": brought}


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # ``make sbom`` and the tests need no builder
    pass
else:

    class SbomBuildHook(BuildHookInterface):
        """Puts the SBOM into a wheel; an editable install, which is no product, gets none."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Writes the file that hatchling then takes into the wheel."""
            if version != "standard":
                return
            self._folder = tempfile.TemporaryDirectory()
            path = Path(self._folder.name) / NAME
            path.write_bytes(make_sbom(Path(self.root)))
            build_data["sbom_files"].append(str(path))

        def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
            """Removes it again."""
            if version == "standard":
                self._folder.cleanup()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(make_sbom(Path(__file__).parent))
    sys.stdout.write(f"{target}\n")
