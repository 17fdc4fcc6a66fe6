"""Publishing: whole files or none, nobody's work overwritten, names that never collide."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.files.publish import list_products, product_stem, publish
from contract_builder.files.together import end_interrupted
from tests.contract_samples import header
from tests.dying_process import kill_at_each_operation
from tests.refusing_disk import largest_file, make_read_only, shared_folder, without_rights


def visible_files(folder: Path) -> dict[str, bytes]:
    """Every file but the ledger, which is a hidden one of ours."""
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".produits.json"
    }


def test_products_are_written_whole_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    published = publish(folder, {"c.docx": b"docx", "c.pdf": b"pdf"})
    assert visible_files(folder) == {"c.docx": b"docx", "c.pdf": b"pdf"}
    assert published.written == (folder / "c.docx", folder / "c.pdf")
    assert published.kept == ()
    assert (folder / "c.pdf").stat().st_mode & 0o777 == 0o644


def test_a_product_that_nobody_touched_is_replaced(tmp_path: Path) -> None:
    publish(tmp_path, {"c.docx": b"un"})
    assert publish(tmp_path, {"c.docx": b"deux"}).kept == ()
    assert visible_files(tmp_path) == {"c.docx": b"deux"}


def test_a_product_that_somebody_changed_is_kept_under_another_name(tmp_path: Path) -> None:
    publish(tmp_path, {"c.docx": b"un", "c.pdf": b"un"})
    (tmp_path / "c.docx").write_bytes(b"corrections de l'agent")
    published = publish(tmp_path, {"c.docx": b"deux", "c.pdf": b"deux"})
    assert published.kept == ((tmp_path / "c.docx", tmp_path / "c.modifie-1.docx"),)
    assert visible_files(tmp_path) == {
        "c.docx": b"deux",
        "c.pdf": b"deux",
        "c.modifie-1.docx": b"corrections de l'agent",
    }


def test_products_that_are_outdated_go_and_nothing_else(tmp_path: Path) -> None:
    """Ours and untouched goes, ours and changed is put aside, what we did not make stays."""
    publish(tmp_path, {"a.docx": b"a", "a.pdf": b"a", "a.json": b"a", "b.pdf": b"b"})
    (tmp_path / "a.pdf").write_bytes(b"corrections")
    (tmp_path / "a.txt").write_bytes(b"notes")
    outdated = ["a.docx", "a.pdf", "a.json", "a.txt", "a.absent"]
    published = publish(tmp_path, {"a.json": b"neuf"}, outdated)
    assert published.removed == (tmp_path / "a.docx",)
    assert published.kept == ((tmp_path / "a.pdf", tmp_path / "a.modifie-1.pdf"),)
    assert visible_files(tmp_path) == {
        "a.json": b"neuf",
        "a.modifie-1.pdf": b"corrections",
        "a.txt": b"notes",
        "b.pdf": b"b",
    }
    assert list_products(tmp_path) == ("a.json", "b.pdf")


def test_every_change_is_kept_under_its_own_name(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        publish(tmp_path, {"c.docx": b"produit"})
        (tmp_path / "c.docx").write_bytes(b"version %d" % number)
    publish(tmp_path, {"c.docx": b"produit"})
    kept = {name: data for name, data in visible_files(tmp_path).items() if "modifie" in name}
    assert sorted(kept.values()) == [b"version 1", b"version 2", b"version 3"]


def test_a_file_that_stood_there_before_us_is_kept(tmp_path: Path) -> None:
    (tmp_path / "c.docx").write_bytes(b"d'avant")
    assert len(publish(tmp_path, {"c.docx": b"neuf"}).kept) == 1
    assert visible_files(tmp_path)["c.modifie-1.docx"] == b"d'avant"


def test_the_same_bytes_are_nobody_s_change(tmp_path: Path) -> None:
    (tmp_path / "c.docx").write_bytes(b"neuf")
    assert publish(tmp_path, {"c.docx": b"neuf"}).kept == ()


@pytest.mark.parametrize("ledger", [b"", b"{", b"[]", b"\xff", b'{"c.docx": 3}'])
def test_with_a_damaged_ledger_files_are_kept_rather_than_lost(
    tmp_path: Path, ledger: bytes
) -> None:
    publish(tmp_path, {"c.docx": b"un"})
    (tmp_path / ".produits.json").write_bytes(ledger)
    assert len(publish(tmp_path, {"c.docx": b"deux"}).kept) == 1
    assert set(json.loads((tmp_path / ".produits.json").read_bytes())) == {"c.docx"}


def test_a_full_disk_leaves_every_old_file_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, {"a.docx": b"un", "b.pdf": b"un"})
    before = visible_files(tmp_path)
    with largest_file(10_000), pytest.raises(UserError, match="Impossible d’écrire"):
        publish(tmp_path, {"a.docx": b"deux", "b.pdf": b"2" * 20_000})
    assert visible_files(tmp_path) == before
    assert publish(tmp_path, {"a.docx": b"trois", "b.pdf": b"trois"}).kept == ()


def test_a_folder_in_the_way_of_one_product_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    publish(tmp_path, {"a.docx": b"un"})
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(UserError):
        publish(tmp_path, {"a.docx": b"deux", "b.pdf": b"deux"})
    (tmp_path / "b.pdf").rmdir()
    assert visible_files(tmp_path) == {"a.docx": b"un"}
    assert publish(tmp_path, {"a.docx": b"trois", "b.pdf": b"trois"}).kept == ()
    assert visible_files(tmp_path) == {"a.docx": b"trois", "b.pdf": b"trois"}


def test_a_build_that_is_killed_anywhere_leaves_no_mixed_set_and_takes_nothing_for_edited(
    tmp_path: Path,
) -> None:
    """The next build of the same documents finds all the old ones or all the new ones, as ours."""
    old = {"c.docx": b"un", "c.pdf": b"un", "c.json": b"un"}
    new = {"c.docx": b"deux", "c.pdf": b"deux", "c.json": b"deux"}
    folder = tmp_path / "produits"

    def prepare() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        publish(folder, {**old, "c.html": b"un"})

    kills = 0
    for _ in kill_at_each_operation(partial(publish, folder, new, ["c.html"]), folder, prepare):
        end_interrupted(folder)
        assert visible_files(folder) in ({**old, "c.html": b"un"}, new)
        published = publish(folder, {**new, "c.docx": b"trois"})
        assert published.kept == ()
        kills += 1
    assert kills > 10


def test_a_file_in_the_way_of_the_folder_is_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"un fichier")
    with pytest.raises(UserError) as caught:
        publish(tmp_path / "output", {"c.docx": b"x"})
    assert str(caught.value) == (
        f"Impossible d’écrire dans « {tmp_path / 'output'} » : un fichier porte déjà ce nom."
    )
    assert (tmp_path / "output").read_bytes() == b"un fichier"


def test_a_read_only_folder_is_told_in_french() -> None:
    with shared_folder() as folder:
        publish(folder, {"a.docx": b"un"})
        make_read_only(folder)
        with without_rights(), pytest.raises(UserError, match="vous n’en avez pas le droit"):
            publish(folder, {"a.docx": b"deux", "c.docx": b"x"})
        assert visible_files(folder) == {"a.docx": b"un"}


@pytest.mark.parametrize(
    ("changes", "stem"),
    [
        ({}, "990000011AA-v1-centre-hospitalier-de-valmont-fictif"),
        ({"version": 12}, "990000011AA-v12-centre-hospitalier-de-valmont-fictif"),
        ({"legal_name": "Hôpital Saint-Éloi & Cie / site n° 2"},
         "990000011AA-v1-hopital-saint-eloi-cie-site-n-2"),
        ({"code": "../../etc/passwd"}, "ETC-PASSWD-v1-centre-hospitalier-de-valmont-fictif"),
        ({"legal_name": "العربية"}, "990000011AA-v1-x"),
        ({"legal_name": "a" * 200}, f"990000011AA-v1-{'a' * 60}"),
    ],
)  # fmt: skip
def test_a_product_s_name_is_safe_on_every_disk(changes: dict[str, object], stem: str) -> None:
    assert product_stem(header(**changes)) == stem
