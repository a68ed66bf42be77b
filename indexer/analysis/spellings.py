"""How this field's names are spelled: what is one word in several, and what is never stemmed."""

from __future__ import annotations

# Words of these forms keep their last letter: a stemmer would make "kra" of KRAS.
UNSTEMMED = frozenset(
    "kras nras hras braf ros ros1 alk ret met egfr her2 ntrk trk nrg1 dna rna ctdna cfdna "
    "nsclc sclc pfs os orr ngs ebus fish pet ct mri ned sbrt sabr srs tmb tki ici adc "
    "aids mets diabetes pancreas thymus pelvis ascites sepsis herpes rabies lupus "
    "stage phase exon grade line percent "
    "cns gps sos us itis texas kansas dallas williams james thomas".split()
)

# Names that are also said letter by letter: "e g f r", "E.G.F.R.", "p d l 1".
SPELLED_OUT = frozenset(
    "egfr alk kras braf nras ret met her her2 ros1 ntrk pdl1 pd1 nsclc sclc dna rna tki ngs tmb "
    "mri pet sbrt fda pfs ned adc copd".split()
)


def _pieces(table: str) -> dict[tuple[str, ...], str]:
    """Read lines of `name: one way | another way`."""
    return {
        tuple(way.split()): name.strip()
        for line in table.strip().splitlines()
        for name, ways in [line.split(":")]
        for way in ways.split("|")
    }


# Written or said in several pieces, found as one. The pieces are lower-case runs.
_WRITTEN = _pieces(
    """
    pdl1: pd l1 | pd l 1 | pdl 1 | pdl one | pd l one | p d l1 | p d l one
    pd1: pd 1 | pd one | p d 1 | p d one
    ctla4: ctla 4 | ctla four
    ros1: ros 1 | ros one | ross 1 | ross one
    her2: her2 neu
    erbb2: erb b2 | erbb 2
    trop2: trop 2 | trop two
    eml4: eml 4 | eml four
    kras: k ras
    nras: n ras
    braf: b raf
    met_gene: c met
    car_t: car t | cart cell | cart cells | cart therapy | chimeric antigen receptor t
    ctdna: ct dna
    cfdna: cf dna
    nsclc: non small cell | nonsmall cell
    nonsquamous: non squamous
    nonsmoker: non smoker | non smokers
    xray: x ray | x rays
    18f: f 18 | 18 f
    covid19: covid 19 | covid nineteen
    datodxd: dato dxd
    tdxd: t dxd
    checkpoint: check point | check points
    biomarker: bio marker | bio markers
    immunotherapy: immuno therapy
    chemotherapy: chemo therapy
    radiotherapy: radio therapy
    chemoradiation: chemo radiation
    caregiver: care giver | care givers
    healthcare: health care
    secondhand: second hand
    exon19del: exon 19 del | exon 19 deletion | exon 19 deletions | exon nineteen del
    exon19del: exon nineteen deletion | exon nineteen deletions | 19 del | 19 deletion
    exon19del: 19 deletions | del 19 | deletion 19 | ex 19 del | nineteen deletion
    """
)
# Mutations as they are said: the letters, and every way to say the number between them.
_SAID_MUTATIONS = {
    "g12c g12d g12v g12a g13d": ("twelve", "thirteen"),
    "t790m": ("seven ninety", "7 90", "seven nine zero", "seven nine oh"),
    "l858r": ("eight fifty eight", "8 58", "eight five eight"),
    "c797s": ("seven ninety seven", "7 97", "seven nine seven"),
    "v600e v600k": ("six hundred", "six oh oh"),
    "g719x": ("seven nineteen", "7 19"),
    "l861q": ("eight sixty one", "8 61"),
    "s768i": ("seven sixty eight", "7 68"),
    "g1202r": ("twelve oh two", "12 02", "twelve zero two"),
    "g2032r": ("twenty thirty two", "20 32"),
}


def _said_mutations() -> dict[tuple[str, ...], str]:
    ways: dict[tuple[str, ...], str] = {}
    for names, numbers in _SAID_MUTATIONS.items():
        for name in names.split():
            for number in numbers:
                if number not in ("twelve", "thirteen") or ("13" in name) == (number != "twelve"):
                    ways[(name[0], *number.split(), name[-1])] = name
    return ways


COMPOUNDS: dict[tuple[str, ...], str] = _WRITTEN | _said_mutations()
LONGEST_COMPOUND = max(map(len, COMPOUNDS))

# Written otherwise, and the same.
SINGLE = {
    "del19": "exon19del",
    "ex19del": "exon19del",
    "exon19del": "exon19del",
    "cmet": "met_gene",
    "ross1": "ros1",
    "f18": "18f",
    "nonsmokers": "nonsmoker",
    "followup": "follow",
    "followups": "follow",
    "mutant": "mutation",
    "mutants": "mutation",
    "amplified": "amplification",
    "metastases": "metastasis",
    "diagnoses": "diagnosis",
    "prognoses": "prognosis",
    "tumour": "tumor",
    "tumours": "tumor",
    "anaemia": "anemia",
    "diarrhoea": "diarrhea",
    "oedema": "edema",
    "oesophagus": "esophagus",
    "randomised": "randomized",
    "randomisation": "randomization",
    "metastasised": "metastasized",
    "milligram": "mg",
    "milligrams": "mg",
    "centimeter": "cm",
    "centimeters": "cm",
    "centimetre": "cm",
    "centimetres": "cm",
    "millimeter": "mm",
    "millimeters": "mm",
    "millimetre": "mm",
    "millimetres": "mm",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "5th": "fifth",
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "cant": "can't",
    "isnt": "isn't",
    "whats": "what's",
}
# One word for several: the last is the name itself, the others are found by it too.
SEVERAL: dict[str, tuple[str, ...]] = {
    "krasg12c": ("kras", "g12c"),
    "krasg12d": ("kras", "g12d"),
    "brafv600e": ("braf", "v600e"),
    "egfrt790m": ("egfr", "t790m"),
    "egfrl858r": ("egfr", "l858r"),
    "metex14": ("met", "met_gene", "exon", "exon14"),
    "eml4alk": ("eml4", "alk"),
    "petct": ("pet", "ct"),
    "antipd1": ("anti", "pd1"),
    "antipdl1": ("anti", "pdl1"),
    "tcell": ("t", "cell"),
    "tcells": ("t", "cell"),
}

# What is inside a name and has to find it too.
CONTAINS: dict[str, tuple[str, ...]] = {
    "exon19del": ("exon", "exon19"),
    "met_gene": ("met",),
    "ret_gene": ("ret",),
    "covid19": ("covid",),
    "chemoradiation": ("chemo", "radiation"),
}

# Behind one of these, "stage I" is a stage at which somebody says "I".
POINTING = frozenset("this that what which every each any some".split())

# A number behind one of these is part of a name: "stage IV", "phase three", "exon 20".
NUMBERED = {
    "stage": "stage", "stages": "stage", "estadio": "stage", "estadios": "stage",
    "etapa": "stage", "etapas": "stage", "phase": "phase", "phases": "phase", "fase": "phase",
    "fases": "phase", "exon": "exon", "exons": "exon", "exones": "exon", "grade": "grade",
    "grades": "grade", "grado": "grade", "grados": "grade", "line": "line",
}  # fmt: skip
NOT_ROMAN = frozenset(("exon", "line"))
# "stage three or four", "exons 19 and 21": the second number belongs to the name as well.
OR = frozenset(("or", "o", "u"))
AND = frozenset(("and", "y", "e", "through", "to"))

# Genes whose names are also everyday words. Written small they need a neighbour that tells.
EVERYDAY_GENES = {"met": "met_gene", "ret": "ret_gene"}
GENE_NEIGHBOURS = frozenset(
    "exon amplification amplified amplifications mutation mutations mutated mutant fusion fusions "
    "gene genes inhibitor inhibitors positive negative skipping alteration alterations "
    "rearrangement rearrangements rearranged overexpression pathway driven receptor "
    "tki tkis c-met protein targeted directed expression low + amplificacion mutacion "
    "positivo".split()
)
# Before "met" these make it a verb: "I met positive people".
MEETS = frozenset(
    "i we you they he she who have has had never ever just first was were be been being not "
    "i've we've they've you've i'd".split()
)
# Behind these a gene may be the last word: "an amplification of met".
GENE_BEFORE = frozenset("amplification amplifications mutation mutations alteration fusion".split())
