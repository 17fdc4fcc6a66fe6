"""Working files stand where no other process takes them for what a killed one left."""

from tests.architecture.repository import python_files


def test_every_temporary_folder_is_one_that_is_held() -> None:
    makers = ("TemporaryDirectory", "mkdtemp")
    free = [
        path.name
        for path in python_files("contract_builder")
        if path.name != "work_folder.py"
        and any(maker in path.read_text("utf-8") for maker in makers)
    ]
    assert free == [], "use files.work_folder: another process sweeps what nobody holds"
