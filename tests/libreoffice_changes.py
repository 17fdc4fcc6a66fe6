"""Tracked changes settled by LibreOffice itself, by a macro in a profile of its own.

It judges redlines from outside: what an agency sees that has no other word processor.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal
from xml.sax.saxutils import escape

from tests.outside_tools import find_program

Choice = Literal["accept", "reject", "none"]

_SECONDS: Final = 600
_COMMANDS: Final[dict[Choice, str]] = {
    "accept": ".uno:AcceptAllTrackedChanges",
    "reject": ".uno:RejectAllTrackedChanges",
    "none": "",
}
_LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"library.dtd">\n'
    '<library:library xmlns:library="http://openoffice.org/2000/library" '
    'library:name="Standard" library:readonly="false" library:passwordprotected="false">\n'
    ' <library:element library:name="Settle"/>\n</library:library>\n'
)
_LIBRARIES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"libraries.dtd">\n'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">\n'
    ' <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" '
    'xlink:type="simple" library:link="false"/>\n</library:libraries>\n'
)
_MACRO = """Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim plain(1) As New com.sun.star.beans.PropertyValue
  plain(0).Name = "FilterName" : plain(0).Value = "Text (encoded)"
  plain(1).Name = "FilterOptions" : plain(1).Value = "UTF8,LF,,,"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
{steps}
End Sub
"""
_STEP = """  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  {settle}
  doc.storeToURL("{target}", plain())
  doc.close(True)
"""
_SETTLE = 'helper.executeDispatch(doc.CurrentController.Frame, "{command}", "", 0, Array())'


def settle_with_libreoffice(
    files: Mapping[str, tuple[bytes, Choice]], work: Path
) -> dict[str, list[str]]:
    """The lines of each file as LibreOffice tells them, once it settled the changes as asked.

    ``files`` maps a name (ASCII, no spaces) to a Word file and a choice; one process for all.
    """
    program = find_program("soffice", "libreoffice-writer")
    steps = []
    for name, (docx, choice) in files.items():
        source, target = work / f"{name}.docx", work / f"{name}.txt"
        source.write_bytes(docx)
        command = _COMMANDS[choice]
        settle = _SETTLE.format(command=command) if command else ""
        steps.append(_STEP.format(source=source.as_uri(), target=target.as_uri(), settle=settle))
    profile = work / "profil-macro"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    _run([*command, "--terminate_after_init"])  # the first start would write over the macro
    write_macro(profile / "user" / "basic", _MACRO.format(steps="".join(steps)))
    _run([*command, "macro:///Standard.Settle.Main"])
    return {
        name: (work / f"{name}.txt").read_text(encoding="utf-8-sig").splitlines() for name in files
    }


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def write_macro(folder: Path, code: str) -> None:
    """Puts a macro where ``macro:///Standard.Settle.Main`` finds it, in a profile's folder."""
    standard = folder / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    (folder / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (standard / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (standard / "Settle.xba").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
        '"module.dtd">\n'
        '<script:module xmlns:script="http://openoffice.org/2000/script" '
        f'script:name="Settle" script:language="StarBasic">{escape(code)}</script:module>\n',
        encoding="utf-8",
    )
