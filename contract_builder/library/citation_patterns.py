"""What a citation of the law looks like in French: the patterns that ``citations`` puts together.

All patterns read the text as ``simplify`` gives it: without accents, with plain spaces, hyphens and
apostrophes, and of the same length, so that a position found here is a position in the text.
"""

import re

from contract_builder.library.code_names import ABBREVIATIONS, CODES, LAWS

_ACCENTED = "àâäáãçéèêëíîïìñóôöòõúùûüÿÀÂÄÁÇÉÈÊËÎÏÍÔÖÓÙÛÜÚ"
_PLAIN = "aaaaaceeeeiiiinooooouuuuyAAAACEEEEIIIOOOUUUU"
_SPACES = "\n\r\t\\_\u00a0\u00ad\u2007\u2009\u200b\u202f\u2060\ufeff"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212"
_TRANSLATION = str.maketrans(
    _ACCENTED + _SPACES + _HYPHENS + "\u2019\u2018\u02bc" + "\u00ba",
    _PLAIN + " " * len(_SPACES) + "-" * len(_HYPHENS) + "'''" + "°",
)

_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")
_CANDIDATE = re.compile(
    r"\d[-\u2010-\u2013\u2212/][0-9A-Z]"
    r"|(?i:\barticles?|\bart\.)[\s\u00a0\u202f]*(?:[LRDA]\b|\d)"
    r"|(?:19|20)\d\d\b"
)


def may_cite(text: str) -> bool:
    """False when ``text`` cannot hold any citation: a quick look that spares the full one."""
    return _CANDIDATE.search(text) is not None


def simplify(text: str) -> str:
    """``text`` as the patterns read it, character for character.

    A blank line becomes a sign that no pattern crosses: a list of articles stays in its paragraph.
    """
    return _BLANK_LINE.sub("¶", text).translate(_TRANSLATION)


MONTHS_AS_CITED = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
DATE_AS_CITED = re.compile(
    rf"(?i:du +(\d{{1,2}})(?:er)? +({'|'.join(MONTHS_AS_CITED)}) +(\d{{4}}))"
)
_A_DATE = re.sub(r"\((?!\?)", "(?:", DATE_AS_CITED.pattern)


def _alternation(names: tuple[str, ...]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", " +") for name in longest_first)


# An article: letter, number, and the numbers that follow under the same letter.
_ARTICLE = (
    r"(?<![A-Za-z0-9/-])(?P<letter>LO|[LRDAlrd])(?P<dot>(?: {0,4}\.)?) {0,4}\*{0,2}\.? {0,4}"
    r"(?P<number>\d++(?:-\d++)*+)(?![A-Za-z0-9])"
    r"(?P<more>(?:(?: *,| +et| +ou| +a) +\d{2,4}(?:-\d{1,3})++(?![\w/°]| *%))*)"
)
MORE_NUMBERS = re.compile(r"(?P<joint>,|et|ou|a) +(?P<number>\d{2,4}(?:-\d{1,3})+)")

# Numbers without letter, as in the civil code: citations only when the code follows.
_BARE_NUMBER = r"(?:1er|\d{1,4}(?:-\d{1,3})*+)(?!\.\d|[\w°/-])"
_BARE = (
    r"\b(?i:articles?|art\.) *"
    rf"(?P<bare>{_BARE_NUMBER}(?:(?: *, *| +(?:et|ou|a) +){_BARE_NUMBER})*)"
)
BARE_NUMBERS = re.compile(rf"(?P<joint>,|\bet\b|\bou\b|\ba\b)? *(?P<number>{_BARE_NUMBER})")

_CODE = rf"\b(?i:code) +(?P<code>(?i:{_alternation(tuple(CODES))}))\b"
_SAME_CODE = (
    r"(?P<same>\b(?i:meme|present|ledit|dudit|audit|ce) +(?i:code)\b(?! +(?:de|du|des|general)\b)"
    r"|\b(?i:code) +(?i:precite|susvise|susmentionne))"
)
_ABBREVIATION = rf"(?<![\w-])(?P<abbreviation>{_alternation(tuple(ABBREVIATIONS))})(?![\w-])"

# A law, an order…: by its number, else by its date.
_LAW_NUMBER = r"(?:\d{2,4}-\d{1,5}(?![\w-])|[A-Z]{2,}[A-Z0-9]*(?:/[A-Z0-9]+)+)"
_NUMBERED_LAW = rf"{_LAW_NUMBER}(?: +{_A_DATE})?"
_LAW_WORDS = (
    r"(?i:organique|modifiee?s?|susvisee?s?|precitee?s?|(?:inter)?ministeriel(?:le)?s?"
    r"|en conseil d'etat|de financement de la securite sociale(?: pour \d{4})?)"
)
_LAW = (
    rf"\b(?P<law>(?i:{'|'.join(LAWS)}))(?i:s?\b)(?P<words>(?: +(?:{_LAW_WORDS}|{_A_DATE}))*)"
    rf"(?:(?: *, *| *)(?P<numbers>(?i:n ?°s?|nos?) *{_NUMBERED_LAW}"
    rf"(?:(?: *,| +et| +ou) +(?:(?i:le|la|du|de la) +)?(?i:n ?°s? *)?{_NUMBERED_LAW})*"
    r"|(?:19|20)\d\d-\d{1,5}(?![\w-])))?"
)
LAW_NUMBERS = re.compile(_LAW_NUMBER)
_UNION = (
    r"\b(?i:reglement|directive) *\((?:UE|CE|CEE)\) *(?i:n ?° *)?(?P<union>\d{2,4}/\d{1,4})(?!\d)"
)

TOKEN = re.compile("|".join((_ARTICLE, _BARE, _CODE, _SAME_CODE, _ABBREVIATION, _LAW, _UNION)))

# What may stand between an article and what belongs to it: « (3°) », « , premier alinéa »… These
# patterns read a short gap that ``close_up`` has freed from runs of spaces: they cannot take long.
_ORDINAL = (
    r"(?i:premiere?|deuxieme|seconde?|troisieme|quatrieme|cinquieme|sixieme|septieme|huitieme"
    r"|neuvieme|dixieme|dernier|avant-dernier|\d{1,2}(?:er|eme|e))"
)
_SUBDIVISION = (
    r"(?:[IVX]{1,5}(?: ?(?:bis|ter|quater))?\b|\d{1,2}°(?: ?(?:bis|ter|quater))?|[a-z]\)"
    rf"|{_ORDINAL}(?:(?:,| et) {_ORDINAL})* (?i:alineas?|phrases?)"
    r"|(?i:alineas?|al\.) ?\d{1,2}(?:er)?(?:(?: ?,| et| a) \d{1,2}\b)*|\([^()]{1,120}\))"
)
_SUBDIVISIONS = rf"(?:[ ,]*(?:(?i:et|ou|a|au|aux|du|des|le|les) )?{_SUBDIVISION})*"
_WORDING = r"(?:[ ,]*(?i:dans (?:sa|leur|ses|leurs) (?:redaction|version)s?\b)[^.;:]{0,150}?)?"
_NEXT_ARTICLE = (
    rf"(?i:(?:de|a) )?(?:(?i:l'|les |aux |des |du |au |le )?{_SUBDIVISIONS}"
    r" ?(?i:de l'|des |de |l'|les |aux )?)(?i:articles? ?|art\. ?|art )?"
)
LIST_GAP = re.compile(rf"{_SUBDIVISIONS} ?,? ?(?:(?i:et|ou|et/ou|ainsi que|puis) )?{_NEXT_ARTICLE}")
RANGE_GAP = re.compile(rf"{_SUBDIVISIONS} (?i:(?:jusqu')?a) ")
CODE_GAP = re.compile(rf"{_SUBDIVISIONS}{_WORDING}[ ,(]*(?:(?i:(?:du|de|au)(?: meme)?) )?")
UNKNOWN_CODE = re.compile(
    rf"{_SUBDIVISIONS}[ ,]*(?i:(?:du|de l'ancien) code )(?!precite)[a-z' ]*[a-z]"
)
FOLLOWING = re.compile(
    r"[ *]*(?:(?i:et)|&) +(?i:suivante?s?|suiv\.|ss?\.)|[ *]+(?:ss?|sqq?)\.(?! *[A-Z]\w)"
)
_RUNS = re.compile(r"[ *]+")


def close_up(gap: str) -> str:
    """``gap`` with single spaces, without Markdown emphasis."""
    return _RUNS.sub(" ", gap)


ARTICLE_WORD = re.compile(r"(?i:\barticles?|\bart\.?)[ *]*$")
BEFORE_ABBREVIATION = re.compile(r"\b(?i:le|du|au) +$")
AFTER_ABBREVIATION = re.compile(r"[ ,:*]*(?i:articles? *|art\.? *)?(?:LO|[LRDA])[ .*]{0,6}\d")
