"""How a speaker's label is written, and which words before a colon are none."""

from __future__ import annotations

import re

# Nobody has a longer name; what is longer was made to fill a page.
LONGEST_NAME = 80

CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ž"
_TITLE = r"(?:Drs?|DRS?|Dra|DRA|Mrs?|MRS?|Ms|MS|Prof|PROF|Sra?|SRA?|St|ST|Lic|LIC)\."
_INITIALS = rf"(?:[{CAPITAL}]\.)+|Ph\.?D\."
_WORD = rf"[{CAPITAL}](?:[\w'’-]|\.(?=\w))*+"
_LINKS = "(?:(?:de|del|la|las|los|y|e|and|et|und|von|van|der|den|da|dos|di|du|le|bin|al|&) )"
_PART = rf"(?:{_TITLE}|{_INITIALS}|{_WORD})"
NAME = rf"{_PART}(?: {{1,3}}{_LINKS}{{0,3}}(?:{_PART}|#?\d{{1,4}}\b)){{0,4}}"
PREFIX = (
    rf"(?P<name>{NAME}(?:, {{1,2}}{_PART}(?: {_PART}){{0,2}}){{0,3}})"
    rf"(?: {{1,2}}\([^()\n]{{1,30}}\))?[ \xa0]{{0,40}}(?:：|:(?=[\s\"“'‘«¿¡{CAPITAL}]|$))"
)

_ROLES = (
    "interviewer|interviewee|host|moderator|narrator|speaker|voice|doctor|patient|advocate|expert|"
    "man|woman|audience(?: member)?|announcer|nurse|caregiver|entrevistador|entrevistadora|"
    "entrevistado|entrevistada|paciente|doctora|médico|médica|enfermera|enfermero|presentador|"
    "presentadora|moderador|moderadora|narrador|narradora|locutor|locutora|mujer|hombre"
)
_WHOSE = "(?:(?:male|female|unidentified|unknown) )?"
ROLE = re.compile(rf"{_WHOSE}(?:{_ROLES})(?: #?\d+)?\Z", re.IGNORECASE)
# `MS` and `MR` without a dot are an illness and a scan.
TITLED = re.compile(
    rf"(?:(?i:dra?|prof)\b\.?|(?i:professor|profesora?)|(?i:mrs?|ms|sra?)\.|Mrs?|Ms) +[{CAPITAL}]"
)
# Roles written small, or a title written small with a name: never sure, and never overlooked.
LOW = re.compile(
    rf"\s*(?:{_WHOSE}(?:{_ROLES})(?: #?\d+)?|dra?\.? [\w'’-]{{1,40}}) ?:(?=\s|$)", re.I
)
DEGREE = re.compile(r"(?:M\.?D\.?|Ph\.?D\.?|RN|NP|DO|FACS|MPH|MSc|Jr\.?|Sr\.?)\Z", re.IGNORECASE)

# Words that a speaker, or who wrote the captions, puts before a colon.
ORDINARY = frozenset(
    "remember note notes example question questions answer answers first second third finally "
    "important warning reminder tip tips summary so and but now also plus again meaning caution "
    "disclaimer source sources step steps part chapter section point points key fact facts myth "
    "myths truth conclusion results background methods side effects bottom line goal goals today "
    "attention recall total result problem solution option options one two three four five "
    "no yes yeah never always well ok okay oh right sure look listen think maybe because however "
    "then next last only here there this that these those what why how who when where or if it "
    "they we he she you i is was not my the a an more reason thing things number "
    "recuerde recuerda nota ejemplo pregunta respuesta importante consejo paso parte sí nunca "
    "siempre bueno entonces pero porque además".split()
)
# Words of headings, and those written in capitals and said as words: they are nobody's name.
_THINGS = frozenset(
    "therapy treatment treatments surgery chemo chemotherapy radiation immunotherapy cancer tumor "
    "tumour mets metastases cells cell gene genes trial trials drug drugs pill pills effect "
    "symptom symptoms fatigue nausea pain rash diarrhea cough fever scan scans test tests testing "
    "biopsy stage diagnosis prognosis arm dose plan type vitamin lung brain liver bone biomarker "
    "biomarkers mutation mutations kras braf egfr ebus vats sabr imrt aids nsaid nsaids covid asco "
    "esmo nice hipaa ecog recist naloxone elisa nato unicef nasa brca met ret alk ros her ct mri "
    "pet tagrisso keytruda opdivo alecensa tarceva iressa gilotrif "
    "lorbrena alunbrig tecentriq imfinzi lumakras krazati yervoy avastin tabrecta zykadia "
    "quimioterapia radioterapia cirugía tratamiento cáncer".split()
)
_BARE_TITLES = frozenset("mr ms mrs dr dra sr sra prof professor".split())
_MEDICINE = re.compile(
    r"\w{3,}(?:nib|mab|platin|taxel|trexed|rasib|parib|ciclib|statin)\Z", re.IGNORECASE
)


def is_ordinary(name: str) -> bool:
    """Tell whether every word is one that is often said before a colon: `Bottom line`."""
    words = [word.strip(".,") for word in name.lower().split()]
    return len(name) > 1 and all(word in ORDINARY or word.isdigit() for word in words)


def is_a_thing(name: str) -> bool:
    """Tell `KRAS`, `Osimertinib`, `TARGETED THERAPY` and a single letter from a name."""
    words = [word.strip(".,") for word in name.lower().split()]
    if len(words) == 1 and (len(words[0]) < 2 or words[0] in _BARE_TITLES):
        return True
    return any(word in _THINGS or _MEDICINE.match(word) for word in words)
