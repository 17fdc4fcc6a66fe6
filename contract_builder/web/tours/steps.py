"""The eight steps of the tour: where each leads, what to look at, how to know that it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from contract_builder.services.surveying import ProfileState
from contract_builder.services.touring import TourFacts


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the tour takes place: an establishment, a field of it to fill, what was done there."""

    name: str
    gap_link: str
    facts: TourFacts


def _never(_: TourFacts) -> bool:
    return False


def _page(route: str) -> Callable[[Ground], str]:
    return lambda ground: reverse(route, args=[ground.name])


def _compare(ground: Ground) -> str:
    query = {"ancien": "modele", "nouveau": ground.facts.reference}
    page = reverse("comparer")
    return f"{page}?{urlencode(query)}" if ground.facts.reference else page


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step; ``is_done`` recognises it in what the store tells, where that can be told."""

    slug: str
    title: str
    look: str
    sign: str
    link: Callable[[Ground], str]
    is_done: Callable[[TourFacts], bool] = _never


STEPS: tuple[TourStep, ...] = (
    TourStep(
        "a-faire",
        "Ce qui vous attend",
        "La page « À faire » réunit ce qui demande quelqu’un : données manquantes, fichiers "
        "revenus, échéances. Chaque ligne mène au champ ou à la page où elle se règle.",
        "Vous savez dire ce qui est le plus pressé.",
        lambda _: reverse("accueil"),
    ),
    TourStep(
        "etablissement",
        "Un établissement",
        "Ses rubriques, chacune complète, à compléter ou à vérifier. Les onglets mènent au projet "
        "de contrat, aux versions, au suivi.",
        "Vous avez trouvé la rubrique à ouvrir ensuite.",
        _page("etablissement"),
    ),
    TourStep(
        "donnee",
        "Remplir une donnée",
        "Ouvrez la rubrique, changez ou complétez un champ, puis choisissez « Enregistrer ». Ce "
        "que vous ne savez pas encore peut rester vide : le contrat le montrera en attente.",
        "La page dit que c’est enregistré, et l’onglet « Modifications » garde l’état d’avant.",
        lambda ground: ground.gap_link,
        lambda facts: facts.is_changed,
    ),
    TourStep(
        "fiches",
        "Les fiches et leurs cibles",
        "Les fiches ouvertes à cet établissement viennent d’abord ; une fiche fermée dit pourquoi. "
        "Les cibles de sa catégorie sont montrées année par année.",
        "Vous savez dire pourquoi une fiche n’est pas ouverte.",
        _page("etablissement-fiches"),
    ),
    TourStep(
        "projet",
        "Le projet de contrat",
        "Le texte tel qu’il serait remis, et pour chaque partie la raison de sa présence : la "
        "condition, et les valeurs qui l’ont décidée.",
        "Vous avez lu « pourquoi » pour une clause au moins.",
        _page("etablissement-projet"),
    ),
    TourStep(
        "version",
        "Enregistrer et envoyer",
        "Dans « Projet », « Enregistrer comme version » garde le contrat tel qu’il est. Dans "
        "« Versions », « envoyer » prépare le fichier Word qui suit toute modification.",
        "L’onglet « Versions » montre une version à l’état « envoyé ».",
        lambda ground: reverse(
            "etablissement-versions" if ground.facts.reference else "etablissement-projet",
            args=[ground.name],
        ),
        lambda facts: facts.is_sent,
    ),
    TourStep(
        "comparer",
        "Comparer",
        "Deux versions, ou une version et le texte type : le résumé d’abord, puis chaque "
        "changement. Le fichier Word porte les marques de révision.",
        "Vous savez combien de passages s’écartent du texte type.",
        _compare,
    ),
    TourStep(
        "retour",
        "Décider d’un retour",
        "Ouvrez dans Word le fichier de la version, changez-y quelques mots, puis donnez-le ici : "
        "« Lire et décider » montre chaque modification, même celle que personne n’a marquée.",
        "Un retour est dans la liste, et vous y avez pris une décision.",
        lambda _: reverse("retours"),
        lambda facts: facts.is_returned,
    ),
)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step for somebody: its rank from 1, where it leads, whether it is done."""

    step: TourStep
    rank: int
    link: str
    is_done: bool
    is_recognised: bool


def lay_steps(ground: Ground, seen: frozenset[str]) -> tuple[ShownStep, ...]:
    """The steps in order; done when the person said so, or when the store tells it."""
    return tuple(
        ShownStep(
            step,
            rank,
            step.link(ground),
            step.slug in seen or step.is_done(ground.facts),
            step.is_done(ground.facts),
        )
        for rank, step in enumerate(STEPS, start=1)
    )


def choose_ground(states: list[ProfileState], place: str) -> ProfileState | None:
    """The fictitious establishment of the tour: ``place``, else the first that has a gap."""
    fictitious = [state for state in states if state.profile and state.profile.fictif]
    ordered = sorted(fictitious, key=lambda s: (s.name != place, not s.gaps, s.name))
    return ordered[0] if ordered else None
