"""Word templates that somebody changed: the packaged one with a part edited, added or linked."""

from collections.abc import Mapping

from contract_builder.word.package import CONTENT_TYPES, read_parts, write_package
from tests.documents import MAIN, change_part, word_template

SETTINGS = "word/settings.xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TITLE = "{{ contrat.titre }}"
TITLE_TEXT = '<w:t xml:space="preserve">{{ contrat.titre }}</w:t>'
LINE_TEXT = '<w:t xml:space="preserve">{{ ligne.libelle }}</w:t>'


def with_text(old: str, new: str, part: str = MAIN) -> bytes:
    """The template with the first ``old`` of a part replaced."""

    def edit(text: str) -> str:
        assert old in text, f"the template no longer has {old}"
        return text.replace(old, new, 1)

    return change_part(word_template(), part, edit)


def beside_title(markup: str) -> bytes:
    """The template with runs or marks after the run of the title."""
    return with_text(f"{TITLE_TEXT}</w:r>", f"{TITLE_TEXT}</w:r>{markup}")


def with_setting(markup: str) -> bytes:
    """The template with one more setting."""
    return with_text("<w:defaultTabStop", f"{markup}<w:defaultTabStop", SETTINGS)


def with_part(
    name: str, data: bytes, relation: str = "", content_type: str = "", base: bytes | None = None
) -> bytes:
    """A template with one more part, which the main one leads to when ``relation`` is given."""
    parts = {**read_parts(base or word_template()), name: data}
    if relation:
        target = name.removeprefix("word/")
        parts[RELATIONS] = _before_end(
            parts[RELATIONS], f'<Relationship Id="rIdX" Type="{relation}" Target="{target}"/>'
        )
    if content_type:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        parts[CONTENT_TYPES] = _before_end(parts[CONTENT_TYPES], override)
    return write_package(parts)


def with_external(kind: str, target: str, part: str = MAIN) -> bytes:
    """The template where a part is linked to something outside the file."""
    parts: Mapping[str, bytes] = read_parts(word_template())
    folder, _, name = part.rpartition("/")
    holder = f"{folder}/_rels/{name}.rels"
    link = (
        f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    return write_package({**parts, holder: _before_end(parts.get(holder, empty), link)})


def word_field(code: str, shown: str = "x") -> str:
    """The runs of a complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _before_end(data: bytes, markup: str) -> bytes:
    head, mark, tail = data.rpartition(b"</")
    return head + markup.encode() + mark + tail
