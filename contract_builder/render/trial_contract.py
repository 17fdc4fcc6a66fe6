"""A made-up contract with one of each thing that a template must be able to show.

A template is tried on it before any real contract is: what is wrong then is the template's fault.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    CrossReference,
    Drawing,
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
    CoverLine,
    Provenance,
    Section,
    Signatory,
)
from contract_builder.model.trajectory import Trajectory, TrajectoryYear

TRIAL_HEADER: Final = ContractHeader(
    type="etablissement",
    code="990000010AA",
    finess_ej="990000010",
    legal_name="Établissement d’essai",
    effective_date=date(2025, 1, 1),
    end_date=date(2029, 12, 31),
    version=1,
    status="projet",
    title="intitulé du contrat",
    subtitle="sous-titre du contrat",
    agency="Agence",
    campaign="essai",
    cover_lines=(
        CoverLine("libellé des lignes", "valeur des lignes"),
        CoverLine("deuxième libellé", "deuxième valeur"),
        CoverLine("troisième libellé", "troisième valeur"),
    ),
    signatories=(
        Signatory("Agence", "Le directeur général", "qualité du signataire"),
        Signatory("Établissement", "Le directeur", "", "portée de la signature"),
        Signatory("Troisième partie", "Le président", "qualité", "portée", "2 janvier 2025"),
    ),
)

_COLUMNS: Final = (Column("Ligne", 3), Column("2025", 1, "right"), Column("2026", 1, "center"))
_TRAJECTORY: Final = Trajectory(
    "Indicateur", "%", (TrajectoryYear(2025, Decimal(85), Decimal(80)), TrajectoryYear(2026))
)
_BLOCKS: Final[tuple[Block, ...]] = (
    SubHeading((Text("Intertitre"),)),
    Paragraph(
        (
            Text("Gras", bold=True),
            Text(", italique", italic=True),
            Text(", "),
            Field("essai", "valeur"),
            Text(", "),
            CrossReference("annexe-essai", "annexe A1"),
            LineBreak(),
            Gap("lacune", "donnée"),
            Footnote("note.essai", (Text("Une note."),)),
        )
    ),
    ListBlock(
        (
            (
                Paragraph((Text("point"),)),
                ListBlock(((Paragraph((Text("rang"),)),),), ordered=True),
            ),
        )
    ),
    Note((Paragraph((Text("Remarque."),)),)),
    Table(
        key="tableau-essai",
        caption="Tableau",
        columns=_COLUMNS,
        rows=(
            Row("groupe", (Cell((Text("Groupe"),), colspan=3),), "group"),
            Row("ligne", (Cell((Text("Ligne"),)), Cell((Text("deux ans"),), colspan=2))),
            Row("total", tuple(Cell((Text(text),)) for text in ("Total", "1", "2")), "total"),
        ),
        notes=((Text("Note du tableau."),),),
    ),
    Paragraph((Text("Petit texte."),), "small"),
    Drawing("dessin-essai", "Dessin", _TRAJECTORY, width=448, height=196),
)
TRIAL_CONTRACT: Final = Contract(
    header=TRIAL_HEADER,
    sections=(
        Section(
            id="visas",
            kind="visas",
            title="Visas",
            blocks=(
                Paragraph((Text("Vu le code ;"),), "visa"),
                Paragraph((Text("Il est convenu :"),), "centered"),
            ),
        ),
        Section(
            id="article-essai",
            kind="article",
            title="Article d’essai",
            number="1",
            label="Article 1",
            children=(
                Section(
                    id="clause-essai",
                    kind="clause",
                    title="Clause",
                    number="1.1",
                    label="1.1",
                    blocks=_BLOCKS,
                    provenance=Provenance("clause_library/essai.md", 1, date(2025, 1, 1)),
                ),
            ),
        ),
        Section(id="signatures", kind="signatures", title="Signatures"),
        Section(
            id="annexe-essai",
            kind="annexe",
            title="Annexe",
            number="A1",
            label="Annexe A1",
            landscape=True,
            blocks=(Paragraph((Text("Annexe en paysage."),)),),
            children=(
                Section(
                    id="fiche-essai",
                    kind="fiche",
                    title="Fiche",
                    number="ESSAI_1",
                    label="ESSAI_1",
                    blocks=(Paragraph((Text("Texte."),)),),
                ),
            ),
        ),
    ),
)

TRIAL_CONTRACTS: Final = (
    TRIAL_CONTRACT,
    replace(
        TRIAL_CONTRACT,
        header=replace(
            TRIAL_HEADER,
            status="signe",
            version=2,
            subtitle="",
            cover_lines=TRIAL_HEADER.cover_lines[:1],
            signatories=TRIAL_HEADER.signatories[:1],
        ),
    ),
)
"""The fullest contract, a projet; and the barest, signed."""
