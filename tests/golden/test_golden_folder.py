"""The comparison with golden files sees what a reader would see, and nothing less is written."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from tests.golden.golden_folder import (
    GoldenFolder,
    describe_difference,
    read_image,
    reduce_greys,
    write_image,
)

SIZE = (595, 842)


def page(*lines: str, top: int = 80) -> Image.Image:
    """A page with lines of text."""
    sheet = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(sheet)
    for index, line in enumerate(lines):
        pen.text((70, top + 14 * index), line, fill=0)
    return reduce_greys(sheet)


TEXT = tuple(
    f"{n}. Les parties conviennent de ce qui suit, pour la durée du contrat." for n in range(40)
)


def folder(tmp_path: Path, *, update: bool = False) -> GoldenFolder:
    return GoldenFolder(tmp_path / "golden", tmp_path / "failures", update)


def agree(tmp_path: Path, image: Image.Image, text: str) -> None:
    """Makes both the golden files."""
    first = folder(tmp_path, update=True)
    first.compare_image("page.png", image)
    first.compare_text("texte.txt", text)
    assert first.report() == ""


def test_what_was_agreed_upon_passes_and_comes_back_exactly(tmp_path: Path) -> None:
    agree(tmp_path, page(*TEXT), "a\nb\n")
    again = folder(tmp_path)
    again.compare_image("page.png", page(*TEXT))
    again.compare_text("texte.txt", "a\nb\n")
    assert again.report() == ""
    assert (
        ImageChops.difference(read_image(tmp_path / "golden" / "page.png"), page(*TEXT)).getbbox()
        is None
    )
    assert not (tmp_path / "failures").exists()


@pytest.mark.parametrize(
    "other",
    [
        page(*TEXT, top=94),
        page(*TEXT[:-1]),
        page("Titre", *TEXT[1:], top=82),
        reduce_greys(Image.new("L", SIZE, 235)),
        Image.new("L", (842, 595), 255),
    ],
    ids=["a line lower", "a line less", "two pixels lower", "another paper", "turned"],
)
def test_a_page_that_looks_different_fails_and_is_kept_beside_the_golden_one(
    other: Image.Image, tmp_path: Path
) -> None:
    agree(tmp_path, page(*TEXT), "")
    now = folder(tmp_path)
    now.compare_text("texte.txt", "")
    now.compare_image("page.png", other)
    kept = tmp_path / "failures" / "page.png"
    assert now.report().startswith(f"golden/page.png (see {kept}) ")
    with Image.open(kept) as sheet:
        assert sheet.width == 3 * max(SIZE[0], other.width)


def test_a_faint_difference_of_rendering_passes() -> None:
    drawn = page(*TEXT)
    rounded = drawn.copy()
    for index in range(0, SIZE[0] * SIZE[1], 100):
        place = (index % SIZE[0], index // SIZE[0])
        rounded.putpixel(place, abs(int(drawn.getpixel(place)) - 17))  # type: ignore[arg-type]
    assert ImageChops.difference(drawn, rounded).getbbox() is not None
    assert describe_difference(drawn, rounded) == ""


def test_a_text_that_differs_fails_with_the_lines_and_is_kept(tmp_path: Path) -> None:
    agree(tmp_path, page(), "un\ndeux\ntrois\n")
    now = folder(tmp_path)
    now.compare_image("page.png", page())
    now.compare_text("texte.txt", "un\ndeuxième\ntrois\n")
    told = now.report()
    assert "-deux\n+deuxième" in told
    assert "--update-golden" in told
    assert (tmp_path / "failures" / "texte.txt").read_text(
        encoding="utf-8"
    ) == "un\ndeuxième\ntrois\n"
    assert (tmp_path / "golden" / "texte.txt").read_text(encoding="utf-8") == "un\ndeux\ntrois\n"


def test_a_file_that_is_missing_or_too_many_fails_until_it_is_agreed_upon(tmp_path: Path) -> None:
    agree(tmp_path, page(), "un\n")
    now = folder(tmp_path)
    now.compare_text("autre.txt", "un\n")
    told = now.report()
    assert "autre.txt has no golden file yet" in told
    assert "texte.txt is a golden file that nothing is compared with" in told
    agreed = folder(tmp_path, update=True)
    agreed.compare_text("autre.txt", "un\n")
    assert agreed.report() == ""
    assert sorted(path.name for path in (tmp_path / "golden").iterdir()) == ["autre.txt"]


def test_an_update_leaves_an_image_that_has_not_changed_for_the_eye(tmp_path: Path) -> None:
    agree(tmp_path, page(*TEXT), "")
    path = tmp_path / "golden" / "page.png"
    before = path.read_bytes()
    nearly = page(*TEXT)
    nearly.putpixel((0, 0), 0)
    agree(tmp_path, nearly, "")
    assert path.read_bytes() == before
    write_image(path, page())
    agree(tmp_path, nearly, "")
    assert path.read_bytes() != before
