"""A folder of profiles to import registries into, and the small registry files of the tests.

The files of ``tests/unit/registries/files`` are about two fictitious establishments: the hospital
991000019 (sites 991000043 and 991000050, a retirement home) and the clinic 991000027 (site
991000068).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.library.load import load_library
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.profiles.load import load_profile
from contract_builder.registries.apply import apply_plans
from contract_builder.registries.content.context import ImportOptions
from contract_builder.registries.formats import ImportKind, read_registry
from contract_builder.registries.plan import ImportPlan, choose_new_contract, plan_files
from contract_builder.registries.rows import RegistryRow

ROOT = Path(__file__).resolve().parents[1]
FILES = Path(__file__).parent / "unit" / "registries" / "files"
HOSPITAL, CLINIC = "991000019", "991000027"
HOSPITAL_SITE, CLINIC_SITE = "991000043", "991000068"
REGION = """\
ars:
  nom: Agence régionale de santé de démonstration
  representant: {fonction: Le directeur général}
"""


@cache
def real_library() -> Library:
    """The library of the project."""
    return load_library(ROOT)[0]


@dataclass(frozen=True)
class Workspace:
    """A project folder of its own, with a region and no establishment."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> "Workspace":
        (root / "profiles").mkdir(parents=True)
        (root / "profiles" / "_region.yaml").write_text(REGION, encoding="utf-8")
        return cls(root)

    @property
    def profiles(self) -> Path:
        return self.root / "profiles"

    def layer(self, finess: str) -> Path:
        return self.profiles / "_imports" / f"{finess}.yaml"

    def options(self, **changes: object) -> ImportOptions:
        values: dict[str, object] = {
            "library": real_library(),
            "new_contract": choose_new_contract(real_library()),
        }
        return ImportOptions(**{**values, **changes})  # type: ignore[arg-type]

    def plan(
        self,
        kind: ImportKind,
        *files: str | Path,
        earlier: Sequence[ImportPlan] = (),
        **changes: object,
    ) -> ImportPlan:
        """The plan for files of the samples (by name) or anywhere (by path)."""
        paths = [FILES / file if isinstance(file, str) else file for file in files]
        options = self.options(**changes)
        return plan_files(kind, paths, self.profiles, self.root, options, earlier)

    def load(self, kind: ImportKind, *files: str | Path, **changes: object) -> ImportPlan:
        """Plans and applies."""
        plan = self.plan(kind, *files, **changes)
        apply_plans([plan], self.profiles)
        return plan

    def profile(self, finess: str) -> Profile:
        problems: Problems = []
        profile = load_profile(self.profiles / f"{finess}.yaml", self.root, problems)
        assert problems == []
        assert profile is not None
        return profile

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """A file of the project folder."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path


def read_sample(name: str) -> str:
    """The text of a sample file."""
    return (FILES / name).read_text(encoding="utf-8")


def read_all(kind: ImportKind, *files: Path) -> tuple[list[RegistryRow], Problems]:
    """The rows of files and the problems of reading."""
    problems: Problems = []
    rows = list(read_registry(kind, list(files), files[0].parent, problems))
    return rows, problems


def codes(problems: Sequence[object]) -> list[str]:
    """The codes of problems, in order."""
    return [str(getattr(problem, "code", "")) for problem in problems]
