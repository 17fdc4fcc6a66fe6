"""How fast, and in how much memory, a national year of the SAE fills a region of 279 profiles.

Run by name: ``python tests/benchmark/bench_sae.py``. The forms are made of fictitious
establishments, one site each, as many as the national survey has; the limits (20 s, 300 MB) are
asserted.
"""

import resource
import tempfile
import time
from pathlib import Path

from contract_builder.library.load import load_library
from contract_builder.registries.apply import apply_plans
from contract_builder.registries.content.context import ImportOptions
from contract_builder.registries.generated_files import write_open_sites
from contract_builder.registries.generator import iter_entities
from contract_builder.registries.plan import choose_new_contract, plan_files

ROOT = Path(__file__).resolve().parents[2]
ENTITIES, REGION, SEED = 3_000, 279, 1
MAX_SECONDS, MAX_MEGABYTES = 20.0, 300.0
FORMS = {
    "MCO": ("LIT_MED;LIT_CHI;LIT_OBS;PLA_MED;PLA_CHI;PLA_OBS", ("60;22;10;7;3;1",)),
    "SSR": ("GDE;LIT;PLA", ("SSR_A;30;5", "SSR_A50;30;5", "SSR_TOT;30;5")),
    "PSY": ("DIS;CAP_HTP;CAP_HDJ", ("GEN;24;8", "INF;4;3", "TOT;28;11")),
    "HAD": ("PLATOT", ("45",)),
    "USLD": ("LIT", ("30",)),
}
FILLER = 30  # columns that nobody reads, as real forms have


def write_forms(folder: Path, sites: list[tuple[str, str]]) -> list[Path]:
    """Every form of one year, all sites in each."""
    written = []
    more = ";".join(f"COL{number}" for number in range(FILLER))
    for name, (titles, lines) in FORMS.items():
        path = folder / f"{name}_2024r.csv"
        with path.open("w", encoding="cp1252", newline="") as file:
            file.write(f"BOR;AN;FI;RS;FI_EJ;{titles};{more}\r\n")
            for site, entity in sites:
                for line in lines:
                    file.write(
                        f"{name};2024;{site};CH DE L’ESSAI;{entity};{line}{';1' * FILLER}\r\n"
                    )
        written.append(path)
    return written


def main() -> None:
    """Prints and asserts what filling the region from both national files costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        entities = list(iter_entities(ENTITIES, SEED))
        write_open_sites(folder / "etalab-cs1100502.csv", entities, "2026-01-15")
        sites = [(entity.sites[0].finess, entity.finess) for entity in entities]
        forms = write_forms(folder, sites)
        library, _ = load_library(ROOT)
        wanted = frozenset(entity.finess for entity in iter_entities(REGION, SEED))
        options = ImportOptions(library, choose_new_contract(library), entities=wanted)
        profiles = folder / "profiles"
        profiles.mkdir()
        start = time.perf_counter()
        finess = plan_files("finess", [folder / "etalab-cs1100502.csv"], profiles, folder, options)
        apply_plans([finess], profiles)
        sae = plan_files("sae", forms, profiles, folder, options)
        apply_plans([sae], profiles)
        seconds = time.perf_counter() - start
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{len(sae.entities)} profiles: {seconds:.1f} s, {megabytes:.0f} MB")
        assert len(sae.entities) == REGION
        assert seconds < MAX_SECONDS
        assert megabytes < MAX_MEGABYTES


if __name__ == "__main__":
    main()
