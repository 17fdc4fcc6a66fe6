"""What fictitious establishments are like: kinds, sizes, licences in the right nomenclature."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Codes = tuple[str, str, str, str, str]

_MEDICINE: Codes = ("QA001", "MO000", "ME000", "PTS00", "DE015")
_EMERGENCY: Codes = ("QA014", "MO032", "ME065", "PTS00", "DE018")
_SMUR: Codes = ("QA014", "MO031", "ME067", "PTS00", "DE018")
_LONG_TERM: Codes = ("QA007", "MO000", "ME000", "PTS00", "DE000")
_HOME: Codes = ("QA020", "MO000", "ME001", "PTS00", "DE026")
_REHABILITATION: Codes = ("QA050", "MO000", "ME050", "PTS00", "DE000")
_GERIATRICS: Codes = ("QA050", "MO000", "ME059", "PTS00", "DE000")
_IMAGING: Codes = ("QEML1", "MO000", "ME000", "PTS00", "DE000")
_SURGERY: Codes = ("QA002", "MO006", "ME000", "PTS16", "DE022")
_DAY_SURGERY: Codes = ("QA002", "MO006", "ME000", "PTS16", "DE023")


@dataclass(frozen=True, slots=True)
class KindModel:
    """One kind of establishment: its codes in FINESS, its share, the range of its beds.

    ``weight`` is its share in a region; ``beds`` gives for each discipline of the SAE the least and
    the most; ``sites`` is the most sites that an entity has.
    """

    name: str
    category: str
    legal_status: str
    legal_label: str
    public_service: str
    weight: int
    sites: int
    beds: Mapping[str, tuple[int, int]]
    licences: tuple[Codes, ...]
    other_categories: tuple[str, ...] = ("355",)
    entity_category: str = ""


@dataclass(frozen=True, slots=True)
class SitePlace:
    """A fictitious site and its address."""

    finess: str
    name: str
    category: str
    number: str
    street_kind: str
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A fictitious authorisation, granted in ``year`` for seven years."""

    number: str
    codes: Codes
    site: str
    year: int
    is_started: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """A fictitious legal entity; ``grants`` are the amounts of its FIR engagements in euros."""

    finess: str
    siren: str
    name: str
    model: KindModel
    sites: tuple[SitePlace, ...]
    beds: Mapping[str, int] = field(default_factory=dict)
    licences: tuple[Licence, ...] = ()
    grants: tuple[float, ...] = ()


_PUBLIC = ("13", "Etablissement Public Communal d'Hospitalisation", "1")
_COMPANY = ("95", "Société par Actions Simplifiée (S.A.S.)", "0")
_ASSOCIATION = ("60", "Association Loi 1901 non Reconnue d'Utilité Publique", "6")

KIND_MODELS = (
    KindModel(
        "CENTRE HOSPITALIER UNIVERSITAIRE", "101", *_PUBLIC, 2, 4,
        {"medecine": (400, 900), "chirurgie": (150, 400), "obstetrique": (40, 90),
         "smr": (60, 120)},
        (_MEDICINE, _SURGERY, _DAY_SURGERY, _EMERGENCY, _SMUR, _REHABILITATION, _IMAGING),
        entity_category="101",
    ),
    KindModel(
        "CENTRE HOSPITALIER", "355", *_PUBLIC, 26, 3,
        {"medecine": (60, 250), "chirurgie": (10, 80), "obstetrique": (8, 30), "smr": (20, 60),
         "usld": (20, 60)},
        (_MEDICINE, _SURGERY, _DAY_SURGERY, _EMERGENCY, _LONG_TERM, _REHABILITATION, _IMAGING),
        other_categories=("355", "362"), entity_category="355",
    ),
    KindModel(
        "HOPITAL LOCAL", "106", *_PUBLIC, 14, 2,
        {"medecine": (10, 35), "smr": (10, 40), "usld": (15, 40)},
        (_MEDICINE, _LONG_TERM, _REHABILITATION, _GERIATRICS),
        other_categories=("106", "362"), entity_category="106",
    ),
    KindModel(
        "CLINIQUE", "365", *_COMPANY, 28, 2,
        {"medecine": (10, 90), "chirurgie": (20, 120), "obstetrique": (0, 25)},
        (_MEDICINE, _SURGERY, _DAY_SURGERY, _IMAGING), other_categories=("365",),
    ),
    KindModel(
        "CENTRE DE READAPTATION", "109", *_ASSOCIATION, 20, 2,
        {"smr": (40, 140)}, (_REHABILITATION, _GERIATRICS), other_categories=("109",),
    ),
    KindModel(
        "HOSPITALISATION A DOMICILE", "127", *_ASSOCIATION, 10, 1, {"had": (20, 120)}, (_HOME,),
        other_categories=("127",),
    ),
)  # fmt: skip
