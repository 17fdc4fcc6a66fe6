"""The parts of an establishment's task list, and the keys of the profile that each one fills."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormSection:
    """One page of forms: its address, its title, what it is for, the keys of the profile."""

    slug: str
    title: str
    purpose: str
    keys: tuple[str, ...]


SECTIONS: tuple[FormSection, ...] = (
    FormSection(
        "identite",
        "Identité et contrat",
        "Quel contrat, pour quelle durée, qui le signe, et ce que l’établissement est.",
        ("type_contrat", "campagne", "groupe", "fictif", "contrat", "etablissement", "ght"),
    ),
    FormSection(
        "sites",
        "Sites et capacités",
        "Les sites de l’entité juridique, leurs lits et places, les passages aux urgences.",
        ("sites", "capacites", "urgences"),
    ),
    FormSection(
        "autorisations",
        "Autorisations",
        "Les activités autorisées et celles que le contrat reconnaît.",
        ("autorisations", "reconnaissances"),
    ),
    FormSection(
        "missions",
        "Missions et coopérations",
        "Ce que l’établissement assure pour le territoire, et avec qui.",
        ("missions", "cooperations"),
    ),
    FormSection(
        "fiches",
        "Fiches et cibles",
        "Les objectifs stratégiques choisis, leurs valeurs de départ, les cibles négociées.",
        ("fiches",),
    ),
    FormSection(
        "engagements",
        "Engagements",
        "Ce que l’établissement s’engage à faire, par thème de l’article 4.",
        ("engagements",),
    ),
    FormSection(
        "variantes",
        "Clauses négociées",
        "Les rédactions propres à l’établissement, et l’origine des valeurs négociées.",
        ("variantes", "valeurs_negociees"),
    ),
    FormSection(
        "financements",
        "Financements",
        "Les lignes de crédits et leurs montants par année.",
        ("financements",),
    ),
    FormSection(
        "autres-contrats",
        "Autres contrats",
        "Les contrats et accords en cours avec d’autres, annexés au CPOM.",
        ("autres_contrats",),
    ),
    FormSection(
        "annexes-jointes",
        "Annexes jointes",
        "Les documents PDF joints tels quels.",
        ("annexes_jointes",),
    ),
    FormSection(
        "signataires",
        "Signataires et mentions",
        "L’agence, les parties appelées au contrat, ce dont on déclare qu’il n’y en a pas.",
        (
            "ars",
            "prs",
            "caisse_pivot",
            "tribunal",
            "appeles_au_contrat",
            "neants",
            "motifs_avenant",
            "niveaux_avenant",
        ),
    ),
)


TARGETS_SECTION = FormSection(
    "cibles",
    "Cibles et valeurs de départ",
    "Pour chaque fiche choisie, ce que la fiche demande et ce qui est négocié à sa place.",
    ("fiches",),
)
"""The second page of « Fiches et cibles »: one task, two pages."""

SECTION_TITLES = frozenset(section.title for section in (*SECTIONS, TARGETS_SECTION))
"""What the journal says of a change that was typed in a form."""


def find_section(slug: str) -> FormSection | None:
    """The section at an address; None without one."""
    return next((section for section in (*SECTIONS, TARGETS_SECTION) if section.slug == slug), None)


def get_section(slug: str) -> FormSection:
    """The section at an address; LookupError without one."""
    section = find_section(slug)
    if section is None:
        raise LookupError(slug)
    return section


def find_following(section: FormSection) -> FormSection | None:
    """The section to fill in after this one; None after the last."""
    if section.slug == "fiches":
        return TARGETS_SECTION
    before = "fiches" if section is TARGETS_SECTION else section.slug
    rank = next(rank for rank, item in enumerate(SECTIONS) if item.slug == before)
    return SECTIONS[rank + 1] if rank + 1 < len(SECTIONS) else None


def find_section_of(path: str) -> FormSection | None:
    """The section whose form shows the field at a path; None for what no form shows."""
    key = path.partition(".")[0]
    return next((section for section in SECTIONS if key in section.keys), None)
