"""The whole store, written out and taken in again elsewhere."""

from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.keeping import list_all_versions, verify_store
from contract_builder.services.project import Project
from contract_builder.services.transferring import export_store, import_store
from tests.unit.services.kept_contracts import keep_sample
from tests.unit.store.samples import EJ, contract_json


def test_an_export_is_taken_in_whole_by_another_project(project: Project, tmp_path: Path) -> None:
    versions = [keep_sample(project, value) for value in ("1", "2")]
    anchor = verify_store(project).head
    exported = export_store(project, tmp_path / "export")
    assert exported.contracts == 2
    with Project(tmp_path / "autre") as other:
        other.root.mkdir()
        assert import_store(other, tmp_path / "export").added == 2
        assert import_store(other, tmp_path / "export").added == 0
        assert list(list_all_versions(other)) == versions
        assert verify_store(other, str(anchor)).faults == ()


def test_an_export_never_writes_over_a_changed_file(project: Project, tmp_path: Path) -> None:
    keep_sample(project, "1")
    export_store(project, tmp_path)
    path = tmp_path / "versions" / EJ / "1.json"
    path.write_bytes(contract_json("autre"))
    with pytest.raises(UserError, match="a été modifié"):
        export_store(project, tmp_path)
    assert path.read_bytes() == contract_json("autre")
