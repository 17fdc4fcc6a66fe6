"""The agency's logo and colours on the pages, the entrance among them."""

from pathlib import Path

from tests.mini_project import copy_mini_project
from tests.web_server import WebClient, add_account, serving

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><script>alert(1)</script>'
    '<rect width="80" height="40" rx="6" fill="#5a1a6b"/></svg>'
)


def test_they_are_shown_before_the_entrance_and_the_drawing_can_do_nothing(tmp_path: Path) -> None:
    project = copy_mini_project(tmp_path / "projet")
    folder = project / "templates" / "agence"
    folder.mkdir()
    add_account(project, "lectrice", "relecteur")
    with serving(project) as address:
        browser = WebClient(address)
        bare = browser.ask("/compte/connexion").text
        assert "agence/logo" not in bare
        assert "agence/couleurs" not in bare
        assert browser.ask("/agence/logo").status == 404
        (folder / "logo.svg").write_text(DRAWING, "utf-8")
        (folder / "couleurs.txt").write_text("accent = #5a1a6b\naccent sombre = #222222\n", "utf-8")
        page = browser.ask("/compte/connexion").text
        assert 'src="/agence/logo" alt="' in page
        logo = browser.ask("/agence/logo")
        assert logo.headers["Content-Type"] == "image/svg+xml"
        assert "sandbox" in logo.headers["Content-Security-Policy"]
        assert "default-src 'none'" in logo.headers["Content-Security-Policy"]
        assert "#5a1a6b" in browser.ask("/agence/couleurs.css").text
        assert "n’est pas assez lisible" in browser.ask("/accessibilite").text
