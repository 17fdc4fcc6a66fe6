"""The open FINESS files of sites 1100502 and 1100507 (the same with map coordinates) → rows.

No header: line 1 is « finess;etalab;<number>;<date> », then « structureet » lines of 32 positions
and, in 1100507, « geolocalisation » lines, which no profile needs. Quotation marks are part of
names. The files hold open sites only. Published until May 2026; the JSON flows replace them.
"""

from collections.abc import Iterator

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.model.identifiers import is_finess
from contract_builder.registries.cells import clean_text, line_place, read_date
from contract_builder.registries.delimited import SEPARATORS, LineStream, ProblemLimit
from contract_builder.registries.rows import PostalFields, RegistryFile, SiteRow
from contract_builder.registries.text_files import TextFile

SEPARATOR = ";"
_SITE, _COORDINATES = "structureet", "geolocalisation"
_WIDTHS = {_SITE: 32, _COORDINATES: 6}
_FIRST_LINE = ("finess", "etalab")


def iter_open_sites(file: TextFile, problems: Problems) -> Iterator[SiteRow]:
    """The sites of the file; a line of another kind or width is a problem."""
    stream = LineStream(file, SEPARATOR, quoted=False, problems=problems)
    lines = iter(stream)
    source = _read_first_line(stream, next(lines, None))
    if source is None:
        return
    limit = ProblemLimit.of(problems)
    seen_any = False
    for line, fields in lines:
        kind = fields[0]
        width = _WIDTHS.get(kind, _WIDTHS[_SITE])
        seen_any = True
        if len(fields) != width:
            stream.reject_count(line, len(fields), width)
        elif kind not in _WIDTHS:
            place = line_place(file.name, line, stream.text)
            problems.append(
                import_problems.valeur_illisible(place, "section", f"« {_SITE} »", kind)
            )
        elif kind == _SITE:
            row = _site(source, line, fields, stream)
            if row is not None:
                yield row
        if limit.is_reached(file.name, line):
            return
    if not seen_any:
        problems.append(import_problems.fichier_vide(line_place(file.name, 1, stream.text)))


def _read_first_line(
    stream: LineStream, found: tuple[int, list[str]] | None
) -> RegistryFile | None:
    name = stream.file.name
    line, fields = found or (1, [])
    place = line_place(name, line, stream.text)
    if tuple(fields[:2]) != _FIRST_LINE:
        for separator in SEPARATORS:
            if tuple(stream.text.strip().split(separator)[:2]) == _FIRST_LINE:
                stream.problems.append(
                    import_problems.separateur_inattendu(place, separator, SEPARATOR)
                )
                return None
        stream.problems.append(import_problems.format_non_reconnu(place, ["finess;etalab;…"]))
        return None
    date_text = clean_text(fields[3]) if len(fields) > 3 else ""
    try:
        return RegistryFile(name, read_date(date_text))
    except ValueError:
        stream.problems.append(
            import_problems.valeur_illisible(place, "date", "une date", date_text)
        )
        return None


def _site(source: RegistryFile, line: int, fields: list[str], stream: LineStream) -> SiteRow | None:
    site, entity = fields[1].strip(), fields[2].strip()
    for column, number in (("nofinesset", site), ("nofinessej", entity)):
        if not is_finess(number):
            place = line_place(source.name, line, stream.text)
            stream.problems.append(
                import_problems.valeur_illisible(
                    place, column, "un numéro FINESS de neuf caractères", number
                )
            )
            return None
    clean = [clean_text(field) for field in fields[3:20]]
    return SiteRow(
        file=source,
        line=line,
        nofinesset=site,
        nofinessej=entity,
        rs=clean[0],
        rslongue=clean[1],
        adresse=PostalFields(
            complrs=clean[2],
            compldistrib=clean[3],
            numvoie=clean[4],
            typvoie=clean[5],
            voie=clean[6],
            compvoie=clean[7],
            lieuditbp=clean[8],
            ligneacheminement=clean[12],
        ),
        departement=clean[10],
        categetab=clean[15],
        codesph=fields[26].strip(),
    )
