"""A file of the library whose words change, its comments, its order and the rest kept.

From texts to texts: nothing is read or written. What a text then means is for the checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from contract_builder.diagnostics import Problems
from contract_builder.errors import UserError
from contract_builder.model.french import long_date
from contract_builder.reading.files import (
    FENCE,
    find_front_matter_end,
    parse_front_matter,
    parse_typed_text,
)
from contract_builder.reading.node_paths import index_paths, iter_node_places
from contract_builder.reading.tree import Tree, get_lines, get_text, group_of_node
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.reading.yaml_patch import patch_yaml
from contract_builder.reading.yaml_text import render_yaml
from contract_builder.source import SourceFile


def read_front_matter(text: str) -> tuple[dict[str, Tree], str]:
    """What the front matter of a Markdown file says, and its body; UserError without one."""
    head, body = _split(_plain(text))
    return _tree(head), body.strip("\n")


def rewrite_front_matter(text: str, wanted: Mapping[str, Tree], body: str) -> str:
    """The file whose front matter says ``wanted`` and whose body is ``body``.

    Ends of lines stay those of the file; a body that says the same stays as it was written.
    """
    head, former = _split(_plain(text))
    if body.strip("\n") != former.strip("\n"):
        former = f"\n{_plain(body).strip()}\n"
    whole = f"{FENCE}\n{patch_yaml(head, wanted)}{FENCE}\n{former}"
    whole = whole.replace("\n", "\r\n") if "\r\n" in text else whole
    return f"\ufeff{whole}" if text.startswith("\ufeff") else whole


def read_tree(text: str) -> dict[str, Tree]:
    """What a whole file says: a plan, a campaign; empty when it cannot be read."""
    return _tree(_plain(text))


def rewrite_tree(text: str, wanted: Mapping[str, Tree]) -> str:
    """A whole file that says ``wanted``; UserError when it cannot be read as it is."""
    problems: Problems = []
    parse_yaml(SourceFile.of_text("", _plain(text)), problems)
    if problems:
        raise UserError("Ce fichier ne peut être lu : corrigez-le à la main.")
    return patch_yaml(text, wanted)


def write_front_matter(tree: Mapping[str, Tree], body: str) -> str:
    """A new Markdown file whose front matter says ``tree``, blank values left out."""
    said = {key: value for key, value in tree.items() if value}
    return f"{FENCE}\n{render_yaml(said)}{FENCE}\n\n{_plain(body).strip()}\n"


def end_clause(text: str, last_day: date) -> str:
    """The file of a clause version that ends on ``last_day``, inclusive."""
    tree, body = read_front_matter(text)
    return rewrite_front_matter(text, {**tree, "en_vigueur_au": last_day.isoformat()}, body)


def follow_clause(name: str, text: str, following: str, first_day: date) -> dict[str, str]:
    """The two files, by name, once the version in ``name`` is followed by another from a day on.

    ``following`` is the text of the new version, whose dates are set here. The former one, which
    ``text`` says, ends on the day before, unless it ends earlier. UserError when the new one would
    not begin after the former one.
    """
    tree, _ = read_front_matter(text)
    start, end = (get_text(tree, key) for key in ("en_vigueur_du", "en_vigueur_au"))
    if start >= first_day.isoformat():
        raise UserError(
            f"La version actuelle commence le {long_date(date.fromisoformat(start))} : la nouvelle "
            "doit commencer après."
        )
    eve = first_day - timedelta(days=1)
    closed = text if end and end <= eve.isoformat() else end_clause(text, eve)
    new_tree, body = read_front_matter(following)
    dated = {**new_tree, "en_vigueur_du": first_day.isoformat()}
    if "en_vigueur_au" in dated:
        dated["en_vigueur_au"] = ""
    path = PurePosixPath(name)
    new_name = path.with_name(f"{get_text(tree, 'id')}@{first_day.isoformat()}.md")
    return {name: closed, str(new_name): rewrite_front_matter(following, dated, body)}


def reopen_clause(text: str, last_day: date) -> str:
    """The file of a version that ended on ``last_day`` without its end; else as it is."""
    tree, body = read_front_matter(text)
    if get_text(tree, "en_vigueur_au") != last_day.isoformat():
        return text
    return rewrite_front_matter(text, {**tree, "en_vigueur_au": ""}, body)


def read_references(text: str) -> list[dict[str, Tree]]:
    """The entries of a file of the registry."""
    return get_lines(_tree(_plain(text)), "references")


def rewrite_references(text: str, entries: list[dict[str, Tree]]) -> str:
    """The file of the registry with these entries."""
    tree = _tree(_plain(text))
    return patch_yaml(text, {**tree, "references": list(entries)})


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _split(text: str) -> tuple[str, str]:
    """The lines between the fences, and those after."""
    lines = text.split("\n")
    end = find_front_matter_end(lines)
    if end is None:
        raise UserError("L’en-tête de ce fichier ne peut être lu : corrigez-le à la main.")
    return "".join(f"{line}\n" for line in lines[1:end]), "\n".join(lines[end + 1 :])


def _tree(text: str) -> dict[str, Tree]:
    return group_of_node(parse_yaml(SourceFile.of_text("", text), []))


def follow_reference(
    entries: list[dict[str, Tree]], rank: int, following: Mapping[str, Tree], first_day: date
) -> list[dict[str, Tree]]:
    """The entries once the article at ``rank`` has another wording from a day on.

    UserError when the new one would not begin after the former one.
    """
    former = entries[rank]
    start, end = get_text(former, "depuis"), get_text(former, "jusqu_au")
    if start >= first_day.isoformat():
        raise UserError(
            f"La rédaction actuelle commence le {long_date(date.fromisoformat(start))} : la "
            "nouvelle doit commencer après."
        )
    eve = (first_day - timedelta(days=1)).isoformat()
    closed = former if end and end <= eve else {**former, "jusqu_au": eve}
    dated = {**following, "depuis": first_day.isoformat()}
    for key in ("jusqu_au", "fin_constatee", "creation"):
        dated.pop(key, None)
    return [*entries[:rank], closed, dated, *entries[rank + 1 :]]


@dataclass(frozen=True, slots=True)
class TextPlaces:
    """Where each value of a text stands in its file: line and column, counted from 1 → path.

    ``body_line`` is the first line of the body, 0 without one. The text runs from ``first_line``
    to ``last_line``, both inclusive.
    """

    paths: Mapping[tuple[int, int], str]
    body_line: int = 0
    first_line: int = 1
    last_line: int = 1 << 30


def find_front_matter_places(text: str) -> TextPlaces:
    """Those of a Markdown file; none when its front matter cannot be read."""
    file = parse_front_matter(parse_typed_text("", text, []), [])
    if file is None:
        return TextPlaces({})
    blank = len(file.body) - len(file.body.lstrip("\n"))
    return TextPlaces(index_paths(file.header), file.body_line + blank)


def find_tree_places(text: str) -> TextPlaces:
    """Those of a whole file, of a plan or a campaign; none when it cannot be read."""
    node = parse_yaml(SourceFile.of_text("", _plain(text)), [])
    return TextPlaces({} if node is None else index_paths(node))


def find_reference_places(text: str, rank: int) -> TextPlaces:
    """Those of one entry of a file of the registry; none when the file cannot be read."""
    node = parse_yaml(SourceFile.of_text("", _plain(text)), [])
    mine, others = f"references.{rank}", f"references.{rank + 1}"
    if node is None:
        return TextPlaces({})
    places = list(iter_node_places(node))
    paths = {
        (place.line, place.column): path.removeprefix(f"{mine}.")
        for path, place in places
        if path.startswith(f"{mine}.")
    }
    lines = [line for line, _ in paths]
    ends = [place.line - 1 for path, place in places if path == others]
    return TextPlaces(paths, 0, min(lines, default=1), ends[0] if ends else 1 << 30)
