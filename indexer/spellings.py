"""How this field's names are spelled: what is one word in several, and what is never stemmed."""

from __future__ import annotations

# Words of these forms keep their last letter: a stemmer would make "kra" of KRAS.
UNSTEMMED = frozenset(
    "kras nras hras braf ros ros1 alk ret met egfr her2 ntrk trk nrg1 dna rna ctdna cfdna "
    "nsclc sclc pfs os orr ngs ebus fish pet ct mri ned sbrt sabr srs tmb tki ici adc "
    "aids mets diabetes pancreas thymus pelvis ascites sepsis herpes rabies lupus "
    "cns gps sos us itis texas kansas dallas williams james thomas".split()
)

# Written or said in several pieces, found as one. The pieces are lower-case base tokens.
COMPOUNDS: dict[tuple[str, ...], str] = {
    ("pd", "l1"): "pdl1",
    ("pd", "l", "1"): "pdl1",
    ("pdl", "1"): "pdl1",
    ("pd", "l", "one"): "pdl1",
    ("pd", "1"): "pd1",
    ("pd", "one"): "pd1",
    ("ctla", "4"): "ctla4",
    ("ros", "1"): "ros1",
    ("ros", "one"): "ros1",
    ("ross", "1"): "ros1",
    ("ross", "one"): "ros1",
    ("her", "2"): "her2",
    ("her", "two"): "her2",
    ("erb", "b2"): "erbb2",
    ("k", "ras"): "kras",
    ("n", "ras"): "nras",
    ("b", "raf"): "braf",
    ("c", "met"): "met_gene",
    ("car", "t"): "cart",
    ("chimeric", "antigen", "receptor", "t"): "cart",
    ("ct", "dna"): "ctdna",
    ("cf", "dna"): "cfdna",
    ("non", "small", "cell"): "nsclc",
    ("nonsmall", "cell"): "nsclc",
    ("x", "ray"): "xray",
    ("x", "rays"): "xray",
    ("dato", "dxd"): "datodxd",
    ("t", "dxd"): "tdxd",
    ("g", "12", "c"): "g12c",
    ("g12", "c"): "g12c",
    ("g", "twelve", "c"): "g12c",
    ("g", "12", "d"): "g12d",
    ("t", "790", "m"): "t790m",
    ("t790", "m"): "t790m",
    ("t", "seven", "ninety", "m"): "t790m",
    ("l", "858", "r"): "l858r",
    ("l858", "r"): "l858r",
    ("l", "eight", "fifty", "eight", "r"): "l858r",
    ("v", "600", "e"): "v600e",
    ("v600", "e"): "v600e",
    ("v", "six", "hundred", "e"): "v600e",
    ("exon", "19", "del"): "exon19del",
    ("exon", "19", "deletion"): "exon19del",
    ("exon", "19", "deletions"): "exon19del",
    ("exon", "nineteen", "deletion"): "exon19del",
    ("exon", "nineteen", "deletions"): "exon19del",
    ("del", "19"): "exon19del",
    ("19", "del"): "exon19del",
    ("19", "deletion"): "exon19del",
}
SINGLE = {
    "del19": "exon19del",
    "ex19del": "exon19del",
    "exon19del": "exon19del",
    "metex14": "met_gene",
    "cmet": "met_gene",
    "pdl1": "pdl1",
    "ross1": "ros1",
    "erbb2": "erbb2",
    "krasg12c": "g12c",
}
LONGEST_COMPOUND = 5

# What is inside a name and has to find it too.
CONTAINS: dict[str, tuple[str, ...]] = {
    "exon19del": ("exon", "exon19"),
    "met_gene": ("met",),
    "ret_gene": ("ret",),
}

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"twenty-one": "21", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4"}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
# Behind one of these, "stage I" is a stage at which somebody says "I".
POINTING = frozenset("this that what which every each any some".split())

# A number behind one of these is part of a name: "stage IV", "phase three", "exon 20".
NUMBERED = {
    "stage": "stage",
    "stages": "stage",
    "estadio": "stage",
    "etapa": "stage",
    "phase": "phase",
    "fase": "phase",
    "exon": "exon",
    "grade": "grade",
    "line": "line",
    "grado": "grade",
}
ROMAN_AFTER = frozenset("stage stages estadio etapa phase fase grade grado".split())

# Genes whose names are also everyday words; written small they need a neighbour that tells.
EVERYDAY_GENES = frozenset(("met", "ret", "alk", "ros", "her"))
GENE_NEIGHBOURS = frozenset(
    "exon amplification amplified amplifications mutation mutations mutated mutant fusion fusions "
    "gene genes inhibitor inhibitors positive negative skipping alteration alterations "
    "rearrangement rearrangements rearranged overexpression pathway driver driven receptor "
    "tki tkis c-met".split()
)
