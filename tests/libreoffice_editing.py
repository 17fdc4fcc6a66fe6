"""A real LibreOffice plays the other party: it opens our Word file, edits it, saves it as Word.

Edits are made by its own cursor, with or without its own tracking, by a macro in a profile of its
own; one process for all files.
"""

import random
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.libreoffice_changes import write_macro
from tests.outside_tools import find_program
from tests.word_editor import Edit, WordEditor

AUTHOR: Final = "Service juridique"
_SECONDS: Final = 1800
_MACRO = """Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim word(0) As New com.sun.star.beans.PropertyValue
  word(0).Name = "FilterName" : word(0).Value = "MS Word 2007 XML"
  Dim node(0) As New com.sun.star.beans.PropertyValue
  node(0).Name = "nodepath" : node(0).Value = "/org.openoffice.UserProfile/Data"
  provider = createUnoService("com.sun.star.configuration.ConfigurationProvider")
  person = provider.createInstanceWithArguments( _
    "com.sun.star.configuration.ConfigurationUpdateAccess", node())
  person.setPropertyValue("givenname", "{author}")
  person.commitChanges()
{steps}
End Sub

Function Find(doc, words)
  wanted = doc.createSearchDescriptor()
  wanted.SearchString = words
  wanted.SearchCaseSensitive = True
  Find = doc.findFirst(wanted)
End Function
"""
_OPEN = """  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
"""
_SAVE = """  doc.storeToURL("{target}", word())
  doc.close(True)
"""
_REPLACE = """  doc.RecordChanges = {tracked}
  place = Find(doc, "{old}")
  If Not IsNull(place) Then place.setString("{new}")
"""
_ADD_PARAGRAPH = """  doc.RecordChanges = {tracked}
  place = Find(doc, "{old}")
  If Not IsNull(place) Then
    cursor = place.Text.createTextCursorByRange(place)
    cursor.gotoEndOfParagraph(False)
    place.Text.insertControlCharacter(cursor, 0, False)
    place.Text.insertString(cursor, "{new}", False)
  End If
"""
_COMMENT = """  place = Find(doc, "{old}")
  If Not IsNull(place) Then
    note = doc.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author = "{author}"
    note.Content = "{new}"
    place.Text.insertTextContent(place, note, True)
  End If
"""
_STEPS: Final[Mapping[str, str]] = {
    "words": _REPLACE,
    "words-gone": _REPLACE,
    "paragraph-added": _ADD_PARAGRAPH,
    "comment": _COMMENT,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A file to open, and the edits that LibreOffice makes in it; none: it only saves it."""

    docx: bytes
    edits: Sequence["Planned"] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """An edit, and the words of the file at which it is made."""

    edit: Edit
    place: str


def plan_edits(docx: bytes, seed: int) -> list[Planned]:
    """Three to eight edits of words that stand once in the file, each in a paragraph of its own."""
    editor = WordEditor(docx, seed)
    choose = random.Random(seed)  # noqa: S311 (the same edits each time)
    edits: list[Planned] = []
    whole = editor.text()
    for _ in range(choose.randint(3, 8)):
        found = editor.pick_run(40)
        if found is None:
            break
        paragraph, _, text = found
        old = " ".join(text.split(" ")[2:6])
        if len(old) < 15 or whole.count(old) != 1 or '"' in old or "\u00ad" in old:
            continue
        kind = choose.choice(tuple(_STEPS))
        is_tracked = kind != "comment" and choose.random() < 0.6
        author = AUTHOR if is_tracked or kind == "comment" else None
        new = "" if kind == "words-gone" else editor.words()
        if kind == "paragraph-added":
            new = f"Les parties conviennent {new}."
        gone = "" if kind == "paragraph-added" else old
        edit = Edit(kind, is_tracked, author, gone, new, editor.section(paragraph))
        edits.append(Planned(edit, old))
    return edits


def edit_with_libreoffice(tasks: Mapping[str, Task], work: Path) -> dict[str, bytes]:
    """The Word file that LibreOffice saved of each task; the names are ASCII without spaces."""
    program = find_program("soffice", "libreoffice-writer")
    steps = []
    for name, task in tasks.items():
        source, target = work / f"{name}.docx", work / f"{name}-lo.docx"
        source.write_bytes(task.docx)
        steps.append(_OPEN.format(source=source.as_uri()))
        steps += [
            _STEPS[item.edit.kind].format(
                tracked=item.edit.tracked, old=item.place, new=item.edit.new, author=AUTHOR
            )
            for item in task.edits
        ]
        steps.append(_SAVE.format(target=target.as_uri()))
    profile = work / "profil-edition"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    _run([*command, "--terminate_after_init"])  # the first start would write over the macro
    write_macro(profile / "user" / "basic", _MACRO.format(author=AUTHOR, steps="".join(steps)))
    _run([*command, "macro:///Standard.Settle.Main"])
    return {name: (work / f"{name}-lo.docx").read_bytes() for name in tasks}


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
