"""The YAML parser's own words about a syntax error, said in French."""

_TAB = "une tabulation ; l’alignement se fait avec des espaces"
_QUOTES = "un texte qui commence par ce signe se met entre guillemets"
_BACKSLASH = "la suite de « \\ » n’est pas reconnue ; doublez la barre oblique inverse"
_BLOCK = "un texte qui commence par « > » ou « | » se met entre guillemets"
_REASONS = {
    "mapping values are not allowed in this context": "« : » n’est pas attendu",
    "did not find expected key": "une clé était attendue",
    "did not find expected '-' indicator": "un tiret de liste était attendu",
    "block sequence entries are not allowed in this context": "un tiret de liste n’est pas attendu",
    "did not find expected ',' or ']'": "il manque une virgule ou « ] »",
    "did not find expected ',' or '}'": "il manque une virgule ou « } »",
    "did not find expected node content": "une valeur était attendue",
    "could not find expected ':'": "il manque « : » après une clé",
    "found unexpected end of stream": "un guillemet n’est pas fermé",
    "but found another document": "un second document commence",
    "found unknown escape character": _BACKSLASH,
    "did not find expected hexdecimal number": _BACKSLASH,
    "found invalid Unicode character escape code": _BACKSLASH,
    "did not find expected comment or line break": _BLOCK,
    "found a tab character that violates indentation": _TAB,
}
_ALIAS_REASONS = frozenset(
    {
        "found undefined alias",
        "second occurrence",  # of an anchor
        "did not find expected alphabetic or numeric character",
    }
)


def word_yaml_reason(reason: str, character: str) -> str:
    """Why the parser stopped at ``character``, in French; empty when it has no words of ours."""
    if reason == "found character that cannot start any token":
        return _TAB if character == "\t" else _QUOTES
    return _REASONS.get(reason, "")


def is_about_an_alias(reason: str) -> bool:
    """True when the parser stopped at an anchor or an alias, which our files do not have."""
    return reason in _ALIAS_REASONS
