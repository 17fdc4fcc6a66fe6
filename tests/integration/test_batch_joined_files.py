"""A batch sees that a file which contracts join has changed, and builds those contracts again."""

from pathlib import Path

from contract_builder.batch.plan import Folders
from contract_builder.batch.run import BatchOptions, run_batch
from contract_builder.services.making import BuildOptions
from tests.batch_region import SILENT, make_region
from tests.foreign_pdfs import ForeignPage, make_foreign_pdf
from tests.mini_project import join_a_file


def build(folders: Folders) -> dict[str, str]:
    """What became of each profile."""
    options = BatchOptions(BuildOptions(formats=("json",)), jobs=1)
    profiles = folders.project.profile_paths()
    result = run_batch(folders, profiles, options, SILENT)
    return {name: result.status_of(name) for name in result.entries}


def test_a_changed_joined_file_rebuilds_the_contracts_that_join_it(mini_project: Path) -> None:
    join_a_file(mini_project, make_foreign_pdf())
    region = make_region(mini_project, ("amont", "bourg"), with_sheet=())
    alone = region.root / "profiles" / "bourg.yaml"
    alone.write_text(alone.read_text(encoding="utf-8").partition("annexes_jointes")[0], "utf-8")
    assert set(build(region).values()) == {"produit"}
    assert set(build(region).values()) == {"a_jour"}
    plan = region.root / "profiles" / "annexes" / "plan.pdf"
    plan.write_bytes(make_foreign_pdf([ForeignPage("Autre")]))
    assert build(region) == {"amont": "produit", "bourg": "a_jour"}
    plan.unlink()
    assert build(region) == {"amont": "refuse", "bourg": "a_jour"}
