"""How a speaker's label is written, and the words that tell one from speech before a colon."""

from __future__ import annotations

import re

# Nobody has a longer name; what is longer was made to fill a page.
LONGEST_NAME = 80

CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ž"
_TITLE = r"(?:Drs?|DRS?|Dra|DRA|Mrs?|MRS?|Ms|MS|Prof|PROF|Sra?|SRA?|St|ST|Lic|LIC)\."
_INITIALS = rf"(?:[{CAPITAL}]\.)+|Ph\.?D\."
_WORD = rf"[{CAPITAL}](?:[\w'’-]|\.(?=\w))*+"
_LINK = "(?:(?:de|del|la|las|los|y|e|and|et|und|von|van|der|den|da|dos|di|du|le|bin|al|&) )"
_PART = rf"(?:{_TITLE}|{_INITIALS}|{_WORD})"
NAME = rf"{_PART}(?: {{1,3}}{_LINK}{{0,3}}(?:{_PART}|#?\d{{1,4}}\b)){{0,4}}"
_BEHIND = rf",? {{1,2}}{_PART}"
LABEL = (
    rf"(?P<name>{NAME}(?:, {{1,2}}{_PART}(?: {_PART}){{0,2}}){{0,3}})"
    rf"(?: {{1,2}}\([^()\n]{{1,30}}\))?[ \xa0]{{0,40}}(?:：|:(?=[\s\"“'‘«¿¡{CAPITAL}]|$))"
)

_ROLES = (
    r"interviewer|interviewee|host|moderator|narrator|speaker|voice|doctor|patient|advocate|expert|"
    r"man|woman|audience(?: member)?|announcer|entrevistador|entrevistadora|entrevistado|"
    r"entrevistada|paciente|doctora|médico|médica|enfermera|enfermero|presentador|presentadora|"
    r"moderador|moderadora|narrador|narradora|locutor|locutora|hablante|mujer|hombre|nurse|caregiver"
)
ROLE = re.compile(
    rf"(?:(?:male|female|new|unidentified|unknown) )?(?:{_ROLES})(?: #?\d+)?\Z", re.IGNORECASE
)
TITLED = re.compile(
    rf"(?:(?:dra?|prof)\b\.?|(?:mrs?|ms|sra?)\.|Mrs?|Ms|professor|profesora?) +[{CAPITAL}]".replace(
        "(?:dra?|prof)", "(?i:dra?|prof|professor|profesora?)"
    ).replace("(?:mrs?|ms|sra?)", "(?i:mrs?|ms|sra?)")
)
