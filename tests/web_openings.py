"""Serves a project in this process, asks pages of it, and prints what files they opened.

``python -m tests.web_openings PROJECT PAGE...``: one object of JSON, counts by path in the project.
"""

import json
import sys
from io import BytesIO
from pathlib import Path
from wsgiref.util import setup_testing_defaults

from contract_builder.services.project import Project
from contract_builder.web.configuration import ServedAddress
from contract_builder.web.serving import make_application
from tests.openings import counting_openings


def _ask(application: object, page: str) -> None:
    environ: dict[str, object] = {}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": page, "HTTP_HOST": "127.0.0.1:8000", "wsgi.input": BytesIO()}
    statuses: list[str] = []

    def start(status: str, headers: object, told: object = None) -> None:
        statuses.append(status)

    b"".join(application(environ, start))  # type: ignore[operator]
    assert statuses[0].startswith("200"), (page, statuses)


def main(root: Path, pages: list[str]) -> None:
    """Asks each page twice; what the project opened is printed."""
    with Project(root) as project, counting_openings() as opened:
        application = make_application(project, ServedAddress())
        for page in [*pages, *pages]:
            _ask(application, page)
    counts = {str(p.relative_to(root)): n for p, n in opened.items() if root in p.parents}
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
