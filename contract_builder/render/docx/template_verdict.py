"""What was said of a Word template, from the cache when this program has checked these very bytes.

A template that cannot be used is never kept as such: it is tried again until it is mended.
"""

import json
from dataclasses import astuple
from hashlib import sha256

from contract_builder.files.cache import Cache
from contract_builder.files.program import program_state
from contract_builder.render.docx.template_check import TemplateDefect, check_template

_VERDICT = "modele-word"


def check_kept_template(template: bytes, cache: Cache) -> list[TemplateDefect]:
    """Every defect of a Word template, as ``check_template`` finds them."""
    key = _key_of(template) if cache.is_open else ""
    kept = cache.find(_VERDICT, key) if key else None
    if kept is not None:
        return [TemplateDefect(*texts) for texts in json.loads(kept)]
    defects = check_template(template)
    if key and not any(defect.severity == "erreur" for defect in defects):
        cache.keep(_VERDICT, key, json.dumps([astuple(item) for item in defects]).encode())
    return defects


def _key_of(template: bytes) -> str:
    """Names the template and this program; empty when its modules cannot be read."""
    try:
        return sha256(program_state().encode() + template).hexdigest()
    except OSError:
        return ""
