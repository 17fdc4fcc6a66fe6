"""Contracts made by hand for the tests of the writers: no library, no profile."""

from datetime import date
from decimal import Decimal

from contract_builder.model.blocks import (
    Cell,
    Column,
    CrossReference,
    Field,
    Footnote,
    Gap,
    LineBreak,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import (
    Contract,
    ContractHeader,
    ContractTables,
    CoverLine,
    FundingRecord,
    Provenance,
    Section,
    Signatory,
)

HOSTILE = "R&D <5 % {{ x }} *gras* | _it_ #lien [a](b) $m$ @ref \\n ~ `c` «»’ œ ≥ 𝔸 العربية"


SOURCE_OF_VALUE = Footnote(
    "source.valeur",
    (
        Text("Source\u00a0: rapport d’activité "),
        Field("source.valeur.annee", "2024"),
        Text(" ; voir l’"),
        CrossReference("article-duree", "article 2"),
        Text("."),
    ),
)
REPAIRED_AMOUNT = Footnote(
    "lecture.financement.FIR-1.2026", (Text("Lecture rétablie\u00a0: imprimé «\u00a0-12\u00a0»."),)
)


def header(**changes: object) -> ContractHeader:
    values: dict[str, object] = {
        "type": "etablissement",
        "code": "990000011AA",
        "finess_ej": "990000011",
        "legal_name": "Centre hospitalier de Valmont (fictif)",
        "effective_date": date(2025, 7, 1),
        "end_date": date(2030, 6, 30),
        "version": 1,
        "status": "projet",
        "title": "Contrat pluriannuel d’objectifs et de moyens",
        "subtitle": "2025-2029",
        "agency": "Agence régionale de santé de démonstration",
        "campaign": "demonstration",
        "cover_lines": (
            CoverLine("Établissement", "Centre hospitalier de Valmont (fictif)"),
            CoverLine("FINESS EJ", "990000011"),
            CoverLine("Date d’effet", "1er juillet 2025"),
        ),
        "signatories": (
            Signatory("Agence régionale de santé de démonstration", "Le directeur général"),
            Signatory(
                "Centre hospitalier de Valmont (fictif)", "Le directeur", "Représentant légal"
            ),
        ),
    }
    return ContractHeader(**(values | changes))  # type: ignore[arg-type]


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(tuple(Text(text) for text in texts))


def small_contract(value: str = "42", *, draft: bool = True) -> Contract:
    """One of everything: each block kind, each inline kind, each section kind."""
    funding_table = Table(
        key="financements",
        caption="Échéancier des financements",
        columns=(
            Column("Mesure", 4),
            Column("2025", 2, "right"),
            Column("2026", 2, "right"),
            Column("Total", 2, "right"),
        ),
        rows=(
            Row("FIR", (Cell((Text("FIR", bold=True),), colspan=4),), "group"),
            Row(
                "FIR-1",
                (
                    Cell((Text("MI2-3-5"), LineBreak(), Field("financement.FIR-1", value))),
                    Cell((Text("1\u00a0234\u00a0567,89\u00a0€"),)),
                    Cell((Text("−12,00\u00a0€"), REPAIRED_AMOUNT)),
                    Cell((Text("1\u00a0234\u00a0555,89\u00a0€"),)),
                ),
            ),
            Row(
                "fusion",
                (
                    Cell((Text("Cellules fusionnées"),)),
                    Cell((Text("sans objet"),), colspan=2, align="center"),
                    Cell((Gap("financement.total", "montant total"),)),
                ),
            ),
            Row(
                "total",
                (
                    Cell((Text("Total"),)),
                    Cell((Text("1\u00a0234\u00a0567,89\u00a0€"),)),
                    Cell((Text("−12,00\u00a0€"),)),
                    Cell((Text("1\u00a0234\u00a0555,89\u00a0€"),)),
                ),
                "total",
            ),
        ),
        notes=((Text("Montants en euros, sous réserve des crédits disponibles."),),),
    )
    objet = Section(
        id="article-objet",
        kind="article",
        title="Objet et fondements",
        number="1",
        label="Article 1",
        children=(
            Section(
                id="objet",
                kind="clause",
                title="Objet",
                number="1.1",
                label="1.1",
                blocks=(
                    Paragraph(
                        (
                            Text("Le contrat prend effet le "),
                            Field("contrat.date_effet", "1er juillet 2025"),
                            Text(" ; voir l’"),
                            CrossReference("annexe-financiere", "annexe A1"),
                            Text(" et l’"),
                            CrossReference("article-duree", "article 2"),
                            Text(". Texte "),
                            Text("gras", bold=True),
                            Text(", "),
                            Text("italique", italic=True),
                            Text(", valeur "),
                            Field("valeur", value),
                            Text(" et "),
                            Gap("manque", "date de la délibération"),
                            SOURCE_OF_VALUE,
                            Text("."),
                        )
                    ),
                    ListBlock(
                        (
                            (paragraph("premier point ;"),),
                            (
                                paragraph("second point :"),
                                ListBlock(((paragraph("un"),), (paragraph("deux"),)), ordered=True),
                            ),
                        )
                    ),
                    ListBlock(((paragraph("alpha"),), (paragraph("beta"),)), ordered=True),
                    Note((paragraph("Lecture douteuse : le total imprimé diffère de la somme."),)),
                ),
                provenance=Provenance("clause_library/corps/objet.md", 8, date(2020, 11, 20)),
            ),
            Section(
                id="fondements",
                kind="clause",
                title="Fondements",
                number="1.2",
                label="1.2",
                blocks=(SubHeading((Text("Textes applicables"),)), paragraph("Texte courant.")),
            ),
        ),
    )
    duree = Section(
        id="article-duree",
        kind="article",
        title="Durée et prise d’effet",
        number="2",
        label="Article 2",
        children=(Section(id="duree", kind="clause", title="", blocks=(paragraph("Cinq ans."),)),),
    )
    sections = (
        Section(
            id="parties",
            kind="parties",
            title="Entre les soussignés",
            blocks=(paragraph("L’agence régionale de santé, d’une part,"),),
        ),
        Section(
            id="visas",
            kind="visas",
            title="Visas",
            blocks=(
                Paragraph((Text("Vu le code de la santé publique ;"),), "visa"),
                Paragraph((Text("Vu le projet régional de santé ;"),), "visa"),
                Paragraph((Text("Il est convenu ce qui suit"),), "centered"),
            ),
        ),
        objet,
        duree,
        Section(
            id="signatures",
            kind="signatures",
            title="Signatures",
            blocks=(paragraph("Fait en deux exemplaires."),),
        ),
        Section(
            id="annexe-financiere",
            kind="annexe",
            title="Annexe financière",
            number="A1",
            label="Annexe A1",
            blocks=(paragraph("Annexe opposable."), funding_table),
            landscape=True,
        ),
        Section(
            id="annexe-strategique",
            kind="annexe",
            title="Annexe stratégique",
            number="A2",
            label="Annexe A2",
            blocks=(paragraph("Les fiches suivent."),),
            children=(
                Section(
                    id="cpom-os-2",
                    kind="fiche",
                    title="Nombre d’actions menées",
                    number="CPOM_OS_2",
                    label="CPOM_OS_2",
                    blocks=(
                        SubHeading((Text("Définition"),)),
                        paragraph("Nombre total d’actions."),
                    ),
                ),
            ),
        ),
    )
    tables = ContractTables(
        fundings=(
            FundingRecord(
                key="FIR-1",
                year=2025,
                envelope="FIR",
                sub_envelope="Sanitaire",
                mode="CNR",
                measure="MI2-3-5",
                amount=Decimal("1234567.89"),
                order_number="2025-001",
                order_date=date(2025, 3, 1),
                payer="CPAM",
            ),
        )
    )
    return Contract(
        header=header(status="projet" if draft else "signe"), sections=sections, tables=tables
    )


def long_contract(sheets: int = 24) -> Contract:
    """About sixty pages: many clauses, many tables; the benchmark's document."""
    sentence = (
        "L’établissement s’engage à mettre en œuvre les actions prévues et à en rendre compte, "
        "chaque année, à l’agence régionale de santé dans les conditions fixées au contrat. "
    )
    columns = (
        Column("Catégorie", 4),
        *(Column(str(year), 2, "center") for year in range(2025, 2030)),
    )
    articles = tuple(
        Section(
            id=f"article-{n}",
            kind="article",
            title=f"Engagement numéro {n}",
            number=str(n),
            label=f"Article {n}",
            children=tuple(
                Section(
                    id=f"clause-{n}-{m}",
                    kind="clause",
                    title=f"Stipulation {m}",
                    number=f"{n}.{m}",
                    label=f"{n}.{m}",
                    blocks=(
                        Paragraph(
                            (Text(sentence * 4), Field(f"champ.{n}.{m}", "1er janvier 2025"))
                        ),
                        ListBlock(
                            tuple((paragraph(sentence),) for _ in range(4)), ordered=m % 2 == 0
                        ),
                        paragraph(sentence * 3),
                    ),
                )
                for m in range(1, 5)
            ),
        )
        for n in range(1, 14)
    )
    fiches = tuple(
        Section(
            id=f"fiche-{n}",
            kind="fiche",
            title=f"Indicateur numéro {n}",
            number=f"CPOM_XX_{n}",
            label=f"CPOM_XX_{n}",
            blocks=(
                SubHeading((Text("Contexte"),)),
                paragraph(sentence * 5),
                Table(
                    key=f"cibles-{n}",
                    caption="Cibles",
                    columns=columns,
                    rows=tuple(
                        Row(
                            f"r{r}",
                            tuple(
                                Cell(
                                    (
                                        Field(
                                            f"cible.{n}.{r}.{c}",
                                            f"≥ {r} actions sur {c} thématiques",
                                        ),
                                    )
                                )
                                for c in range(6)
                            ),
                        )
                        for r in range(8)
                    ),
                ),
                paragraph(sentence * 2),
            ),
        )
        for n in range(1, sheets + 1)
    )
    annex = Section(
        id="annexe-strategique",
        kind="annexe",
        title="Annexe stratégique",
        number="A1",
        label="Annexe A1",
        blocks=(paragraph("Les fiches suivent."),),
        children=fiches,
    )
    signatures = Section(
        id="signatures",
        kind="signatures",
        title="Signatures",
        blocks=(paragraph("Fait en deux exemplaires."),),
    )
    return Contract(header=header(), sections=(*articles, signatures, annex))
