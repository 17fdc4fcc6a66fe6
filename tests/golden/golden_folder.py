"""A folder of golden files: what a document was when somebody last looked at it and agreed.

Nothing is written there without ``--update-golden``. What differs is kept under ``build/golden``,
which Git ignores, and the message says how to look at it.
"""

from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "documents"
FAILURES = ROOT / "build" / "golden"
# The same renderer gives the same pixels: these leave room for another machine's rounding. One line
# of text less is over either (test_golden_folder).
MEAN_TOLERANCE = 0.25  # of 255 levels of grey, over the page
SHARE_TOLERANCE = 0.001  # of the pixels
_CLEARLY = 64  # levels of grey between two pixels that differ for an eye
_GREYS = 16
_SHOWN_LINES = 40


@dataclass(slots=True)
class GoldenFolder:
    """Compares the files of one document with ``golden``, or writes them there when told to.

    ``report`` must be asked for last, and be empty.
    """

    golden: Path
    failures: Path
    update: bool
    _seen: set[str] = field(default_factory=set)
    _faults: list[str] = field(default_factory=list)

    def compare_text(self, name: str, text: str) -> None:
        """The file must hold exactly this text."""
        path = self._expected(name)
        if self.update:
            path.write_text(text, encoding="utf-8")
            return
        if not path.exists():
            self._fail(name, "has no golden file yet")
            return
        expected = path.read_text(encoding="utf-8")
        if expected != text:
            self._failed_path(name).write_text(text, encoding="utf-8")
            lines = unified_diff(
                expected.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1
            )
            self._fail(name, "differs:\n" + "\n".join(islice(lines, _SHOWN_LINES)))

    def compare_image(self, name: str, page: Image.Image) -> None:
        """The file must show this page, up to what the eye does not see."""
        path, made = self._expected(name), reduce_greys(page)
        if self.update:
            if not path.exists() or describe_difference(read_image(path), made):
                write_image(path, made)
            return
        if not path.exists():
            self._fail(name, "has no golden file yet")
            return
        expected = read_image(path)
        told = describe_difference(expected, made)
        if told:
            put_side_by_side(expected, made).save(self._failed_path(name))
            self._fail(name, f"{told}; golden, now and both: red is new, blue is gone")

    def report(self) -> str:
        """What differed, files too many included, and what to do; empty when nothing did.

        An update removes the files that nothing was compared with.
        """
        stale = {path.name for path in self.golden.glob("*")} - self._seen
        for name in sorted(stale):
            if self.update:
                (self.golden / name).unlink()
            else:
                self._fail(name, "is a golden file that nothing is compared with")
        if not self._faults:
            return ""
        advice = "If this is meant: pytest tests/golden --update-golden, then look at git diff."
        return "\n".join((*self._faults, advice))

    def _expected(self, name: str) -> Path:
        self._seen.add(name)
        if self.update:
            self.golden.mkdir(parents=True, exist_ok=True)
        return self.golden / name

    def _failed_path(self, name: str) -> Path:
        self.failures.mkdir(parents=True, exist_ok=True)
        return self.failures / name

    def _fail(self, name: str, what: str) -> None:
        kept = self.failures / name
        where = f" (see {kept})" if kept.exists() else ""
        self._faults.append(f"{self.golden.name}/{name}{where} {what}")


def reduce_greys(page: Image.Image) -> Image.Image:
    """The page in few levels of grey, as it is stored."""
    step = 256 // _GREYS
    return page.convert("L").point([value // step * 255 // (_GREYS - 1) for value in range(256)])


def write_image(path: Path, page: Image.Image) -> None:
    """Stores a page of few greys, four bits a pixel."""
    levels = page.point([round(value * (_GREYS - 1) / 255) for value in range(256)])
    stored = Image.frombytes("P", levels.size, levels.tobytes())
    stored.putpalette([level * 255 // (_GREYS - 1) for level in range(_GREYS) for _ in "RGB"])
    stored.save(path, bits=4, optimize=True)


def read_image(path: Path) -> Image.Image:
    """A stored page in grey."""
    with Image.open(path) as stored:
        return stored.convert("L")


def describe_difference(expected: Image.Image, made: Image.Image) -> str:
    """How two pages differ, more than the tolerances allow; empty when they do not."""
    if expected.size != made.size:
        return f"is {made.size} pixels and was {expected.size}"
    difference = ImageChops.difference(expected, made)
    mean = ImageStat.Stat(difference).mean[0]
    counts = difference.histogram()
    share = sum(counts[_CLEARLY:]) / sum(counts)
    if mean <= MEAN_TOLERANCE and share <= SHARE_TOLERANCE:
        return ""
    return f"differs by {mean:.2f} levels of grey and in {share:.2%} of the pixels"


def put_side_by_side(expected: Image.Image, made: Image.Image) -> Image.Image:
    """Golden, new, and both on one another: what only one of them has is coloured."""
    size = (max(expected.width, made.width), max(expected.height, made.height))
    pages = [Image.new("L", size, 255) for _ in range(2)]
    for sheet, page in zip(pages, (expected, made), strict=True):
        sheet.paste(page)
    before, now = pages
    both = Image.merge("RGB", (before, now, now))
    sheet = Image.new("RGB", (size[0] * 3, size[1]), "white")
    for index, page in enumerate((before, now, both)):
        sheet.paste(page.convert("RGB"), (index * size[0], 0))
    return sheet
