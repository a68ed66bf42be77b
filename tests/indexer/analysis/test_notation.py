"""The field's own tokens: a hundred spellings that meet, and what must stay apart.

Two texts meet when they make the same terms, so that a passage with one is found by the other;
they are apart when each makes a term that the other does not.
What meets only through the glossary is asked of a real index.
"""

from __future__ import annotations

import pytest
from libraries import found
from memory import in_memory

from indexer import Generation
from indexer.analysis.tokenizer import tokens_of

MEET = """
    stage 4 | stage IV
    stage 4 | stage four
    stage 4 | Stage-4
    stage 4 | stage4
    stage 4 | stageIV
    stage IIIB | stage3b
    phase 2 trial | phase2 trial
    exon 20 | exon20
    stage 4 | stages IV
    stage 3 | STAGE III
    stage one cancer | stage I cancer
    stage IIIA | stage 3a
    stage IIIA | stage 3-A
    stage IIIA | stage 3 A
    stage IIIA | stage three A
    stage IIIB | stage three b
    stage IB | stage 1b
    stage IV lung cancer | stage four lung cancer
    stages three and four | stages III and IV
    stage three or four | stage 3 or 4
    phase 2 trial | phase two trial
    phase III trial | phase 3 trial
    phase I/II | phase 1/2
    grade 2 | grade II
    grade 2 | grade two
    exon 20 | exon twenty
    exon 20 | exon-20
    exon twenty one | exon 21
    exons 19 and 21 | exons nineteen and twenty one
    second line | second-line
    2nd line | second line
    1st line | first-line
    3L | third-line
    third line | line 3
    fifth line | 5th-line
    second or third line | 2nd or 3rd line
    stages one, two and three | stages I, II and III
    stage 3, 4 or 5 | stages three, four, five
    ECOG 2 | ECOG performance status of two
    ECOG 2 | performance status 2
    ECOG 0 | ECOG PS 0
    my PS 1 | my ECOG1
    one tablet | 1 tablet
    one hundred milligrams | 100 mg
    a hundred and twenty mg | 120 mg
    two hundred forty mg | 240 mg
    one thousand five hundred mg | 1,500 mg
    PD-L1 | PDL1
    PD-L1 | PD L1
    PD-L1 | pdl 1
    PD-L1 | pd-l one
    PD-L1 | p d l 1
    PD-1 | PD1
    PD-1 | pd one
    anti-PD-1 | anti PD1
    anti-PD-(L)1 | anti PD-L1
    anti-PD-1 | antiPD1
    CTLA-4 | CTLA4
    CTLA-4 | ctla four
    ALK+ | ALK
    ALK+ | alk +
    ALK positive | ALK-positive
    ALK positive | alk Positive
    ALK | A.L.K.
    EGFR | e g f r
    EGFR | E.G.F.R.
    ROS-1 | ROS1
    ROS1 | ross one
    ROS1 | ros one
    HER-2 | HER2
    HER2 | her two
    HER2 mutation | her two mutation
    HER2-positive | her 2 positive
    TROP-2 | TROP2
    KRAS | K-RAS
    BRAF | B-Raf
    EML4-ALK | EML4 ALK
    EML4-ALK | EML4/ALK
    EML4-ALK | EML4::ALK
    EML4-ALK | eml 4 alk
    EML4-ALK | eml4alk
    CAR-T | CAR T
    CAR-T cells | car t cells
    CAR-T | chimeric antigen receptor T
    T-cell | T cell
    T cells | Tcells
    G12C | g12c
    G12C | G 12 C
    G12C | g twelve c
    KRAS G12C | KRASG12C
    KRAS G12C | kras g 12c
    T790M | t 790 m
    T790M | T790 M
    T790M | t seven ninety m
    L858R | l eight fifty eight r
    L858R | L 858 R
    C797S | c seven ninety-seven s
    C797S | c 797 s
    V600E | v six hundred e
    BRAF V600E | BRAFV600E
    G1202R | g twelve oh two r
    exon 19 del | del19
    exon 19 del | del 19
    exon 19 deletion | exon 19 del
    exon 19 deletions | exon nineteen deletion
    MET exon 14 skipping | METex14 skipping
    MET exon 14 skipping | met exon 14 skipping
    MET amplification | met amplification
    MET amplified | met amplification
    c-MET | cMET
    EGFR mutant | EGFR-mutated
    EGFR mutant | EGFR mutations
    RET fusion | ret fusions
    non-small cell | NSCLC
    non-small-cell | non small cell
    nonsmall cell | non–small cell
    non-squamous | nonsquamous
    nonsmokers | non-smoker
    ctDNA | ct-DNA
    ctDNA | CT DNA
    cfDNA | cf DNA
    18F FDG PET/CT | F-18 FDG PET-CT
    PET/CT | PET CT
    PET-CT | petct
    x-ray | xray
    X-rays | x ray
    COVID-19 | covid 19
    COVID-19 | covid nineteen
    check point inhibitors | checkpoint inhibitor
    check-point | checkpoint
    follow-up | follow up
    follow-up | followup
    bio markers | biomarker
    immuno therapy | immunotherapy
    chemo-radiation | chemoradiation
    care giver | caregivers
    second-hand smoke | secondhand smoke
    10 % | 10%
    10 % | ten percent
    10 % | 10 per cent
    twenty five percent | 25 %
    1.5 percent | 1.5%
    1.5 cm | 1,5 cm
    1.5 cm | one point five centimeters
    1,500 people | 1500 people
    80 mg | 80mg
    80 mg | eighty milligrams
    5-year survival | five year survival
    5 years | five years
    twelve weeks | 12 weeks
    March 2021 | march 2021
    May 2021 | may 2021
    in 2021 | in twenty twenty one
    March 5, 2021 | march five 2021
    patients | patient
    patient’s | patient's
    patient's | patients
    patient´s | patient
    patients’ | patient
    biopsies | biopsy
    nodules | nodule
    metastases | metastasis
    tumour | tumors
    diagnoses | diagnosis
    don’t smoke | dont smoke
    TKIs | TKI
    café | cafe
    cáncer | ca\u0301ncer
    ｃａｎｃｅｒ | cancer
    PD‑L1 | PD-L1
    stage ４ | stage 4
    exon ٢٠ | exon 20
    TNF-α | TNF alpha
    naïve | naive
    stage 3b | stage IIIB
    T790M | T 790 M
    exon 19 deletions | del 19
    nonsmall cell | non small cell
    patient's | patient
    chemotherapy+immunotherapy | chemotherapy immunotherapy
    IIIB | stage 3b
    E19 del | exon 19 deletion
    L-858-R | L858R
    el 858 are | el eight fifty eight are | L858R
    gee twelve see | G12C
    exon 20 ins | exon 20 insertion
    q 3 w | q3w
    q 3w | q3w
    chemo q 21d | chemo q21d
    vitamin q | vitamin q
    one in four | 1 in 4
    l 8 5 8 r | L858R
    N1M0 | N1 M0
    mice | mouse
    my feet | my foot
    IVA | stage IVA
    stg 3b | stage IIIB
    E19del | exon 19 deletion
    ex19del | exon nineteen deletion
    19-del | exon 19 del
    delE746_A750 | exon 19 deletion
    p.E746_A750del | exon 19 deletion
    EGFR19 | EGFR exon 19
    EGFRex20ins | EGFR exon 20 insertion
    ex20ins | exon twenty insertions
    E20ins | exon 20 insertion
    MET Δex14 | MET exon 14
    METexon14 skipping | MET exon 14 skipping
    p.Leu858Arg | L858R
    p.L858R | L858R
    Gly12Cys | G12C
    p.Thr790Met | T790M
    c.2573T>G | L858R
    c.34G>T | G12C
    c.1799T>A | V600E
    T2aN1M0 | T2a N1 M0
    pT2aN1M0 | T2a, N1, M0
    T2a N1 M0 | t two a n one m zero
    cT4N2 | T4 N2
    T1c N0 | t one c n zero
    TisN0M0 | Tis N0 M0
    NCT05338970 | NCT-05338970
    NCT05338970 | nct 0533 8970
    C34.90 | C3490
    1-800-555-0199 | 1 800 555-0199
    2L | second line
    1L | first-line
    q3w | every 3 weeks
    q21d | every 21 days
    24h | 24 hours
    24 hrs | 24-hour
    60 Gy | sixty Gray
    60Gy | 60 grays
    6 mos | six months
    3-D | 3D
    3D | three dimensional
    O₂ | O2
    O 2 | O2
    B-12 | B12
    12.05.2024 | 12/05/2024
    a brain met | a brain mets
    ee gee eff are | EGFR
    pee dee el one | PD-L1
    a el kay | ALK
    em are eye | MRI
    rose one | ROS1
    immuno\u00adtherapy | immunotherapy
    dura\u200bvalumab | duravalumab
    osi\u2060mertinib | osimertinib
    \ufeffosimertinib | osimertinib
    оsimertinib | osimertinib
    œsophagus | esophagus
    oesophagitis | esophagitis
    haemoptysis | hemoptysis
    anæmia | anemia
    leukaemia | leukemia
    paediatric | pediatric
    ﬁrst ﬂuid | first fluid
    Işık | IŞIK
    ışık | Isik
    Łukasz | Lukasz
    O’Connor | O'Connor
    Schloßstraße | schlossstrasse
"""
APART = """
    stage 3 | stage 4
    stage 1 | stage IV
    stage IIIA | stage IIIB
    stage 4 | phase 4
    stage 2 | grade 2
    phase 1 | phase 3
    grade 3 | grade 4
    at this stage I wait | stage I
    stage three a lot | stage IIIA
    exon 19 | exon 20
    exon 19 deletion | exon 20 insertion
    exon 14 skipping | exon 19 deletion
    exon 21 | exon 20
    G12C | G12D
    G12C | G12V
    T790M | C797S
    T790M | T790
    L858R | L861Q
    V600E | V600K
    PD-1 | PD-L1
    PD-L1 | PD-L2
    CTLA-4 | PD-1
    HER2 | HER3
    HER2 | her two sons
    HER2 | ask her
    ROS1 | ROS
    ALK | ask
    ALK | walk
    KRAS | kra
    KRAS | NRAS
    KRAS | BRAF
    RET | return
    MET amplification | I met my doctor
    met inhibitors | we met positive people
    MET | mets
    EGFR | VEGF
    non-small cell lung | small cell lung
    nonsquamous | squamous
    CAR-T | my car
    CAR-T | shopping cart
    ctDNA | CT
    aids | aid
    no nodules | new nodules
    not approved | approved now
    10 % | 10 years
    10 % | 20 %
    1.5 | 15
    80 mg | 40 mg
    March 2021 | March 2022
    May 2021 | may help
    five years | fifteen years
    x-ray | gamma ray
    chemotherapy | immunotherapy
    alectinib | brigatinib
    metastasis | metabolism
    first-line | second-line
    one of them | 1
    third line | second line
    stage four, two or three years ago | stage 3
    ECOG 2 | ECOG 3
    performance status 1 | PS 0
    5-year survival | 10-year survival
    hundreds of people | 100
    exon 19 deletion | exon 19 insertion
    ex20ins | 19del
    IIIA | IIIB
    IV | IVA
    T2aN1M0 | T3N1M0
    T2N0 | T2N1
    NCT05338970 | NCT05338971
    c.2573T>G | c.2369C>T
    1L | 2L
    q3w | q2w
    24 hours | 24 minutes
    a brain met | I met him
"""
# A passage with the second is found by the first.
INSIDE = """
    stage | stage IV
    stage 3 | stage IIIA
    stage 4 | stage three or four
    phase 2 | phase I/II
    exon | exon 20
    stage 3 | stage two, three and four
    stage 4 | stage 3 and 4 disease
    line | third line
    third line | second or third line
    performance status | ECOG 2
    ECOG | performance status of 2
    survival5 | five-year overall survival
    survival5 | survival at five years
    survival10 | alive at ten years
    exon 19 | exon 19 deletion
    exon 19 | del19
    ALK | EML4-ALK
    EML4 | EML4-ALK
    KRAS | KRAS-mutant
    G12C | KRAS G12C
    MET | METex14
    exon 14 | METex14
    met | MET amplification
    MET | c-Met
    covid | COVID-19
    chemo | chemoradiation
    PET | PET/CT
    FDG | 18F-FDG
    10 | 10 %
    20 percent | 10 %
    MET | MET amplification
    met amplification | c-MET
    T2 | T2aN1M0
    N1 | T2aN1M0
    05338970 | NCT-05338970
    C34 | C34.90
    18005550199 | 1-800-555-0199
    8005550199 | 1-800-555-0199
    oconnor | Doctor O’Connor
    Connor | Doctor O’Connor
    WHO | The WHO wrote it
    exon 20 | ex20ins
    insertion | ex20ins
"""
BY_GLOSSARY = """
    ALK+ | ALK positive
    ALK+ | ALK-positive
    ROS1 positive | ROS-1
    KRAS mutation | K-RAS
    osimertinib | Tagrisso
    NSCLC | non-small cell lung cancer
    liquid biopsy | ctDNA
    liquid biopsy | blood test
    METex14 | exon 14 skipping
    BRAF | V600E
    HER2 | ERBB2
    SBRT | SABR
    TMB | tumor mutational burden
    hair loss | alopecia
    spread to my brain | brain metastases
    stopped working | resistance
    fatigue | tired
    PFS | progression-free survival
    CT scan | cat scan
    NGS | next-generation sequencing
"""


def terms(text: str) -> list[str]:
    return [token.term for token in tokens_of(text)]


def within(text: str, other: str) -> bool:
    return set(terms(text)) <= set(terms(other))


def meet(text: str, other: str) -> bool:
    return not set(terms(text)).isdisjoint(terms(other))


def pairs(table: str) -> list[tuple[str, ...]]:
    rows = (line.split(" | ") for line in table.strip().splitlines())
    return [tuple(side.strip() for side in row) for row in rows]


def test_spellings_of_one_thing_meet() -> None:
    assert [row for row in pairs(MEET) if not terms(row[0]) == terms(row[1]) != []] == []


def test_different_things_stay_apart() -> None:
    assert [(a, b) for a, b in pairs(APART) if within(a, b) or within(b, a)] == []


def test_a_name_inside_a_longer_one_finds_it() -> None:
    assert [(part, whole) for part, whole in pairs(INSIDE) if not meet(part, whole)] == []


@pytest.fixture(scope="module")
def generation() -> Generation:
    talks = {f"talk-{n}": f"They say {said} there." for n, said in enumerate(said_in_talks())}
    return in_memory(talks)


def said_in_talks() -> list[str]:
    return list(dict.fromkeys(other for _, other in pairs(BY_GLOSSARY)))


def test_names_that_only_the_glossary_joins_meet(generation: Generation) -> None:
    talks = said_in_talks()

    assert [
        (typed, said)
        for typed, said in pairs(BY_GLOSSARY)
        if f"talk-{talks.index(said)}" not in found(generation, typed)
    ] == []


@pytest.fixture(scope="module")
def numbered() -> Generation:
    talks = {
        "three": "In stage three it has reached the lymph nodes.",
        "four": "Stage IV means that it has spread.",
        "meeting": "I met my doctor, and we met again.",
        "gene": "An amplification of MET makes too many copies.",
        "nineteen": "An exon 19 deletion is common.",
        "twenty": "An exon twenty insertion is rarer.",
    }
    return in_memory(talks)


@pytest.mark.parametrize(
    ("typed", "talk"),
    [
        ("stage 4", "four"),
        ("stage 3", "three"),
        ("stage III", "three"),
        ("MET amplification", "gene"),
        ("MET", "gene"),
        ("I met my doctor", "meeting"),
        ("exon 20", "twenty"),
        ("del19", "nineteen"),
    ],
)
def test_a_name_comes_before_others_that_share_a_part_of_it(
    numbered: Generation, typed: str, talk: str
) -> None:
    assert found(numbered, typed)[0] == talk


def test_the_words_typed_alone_do_not_find_parts_of_names(numbered: Generation) -> None:
    assert [hit.video for hit in numbered.search("stage 4", exact=True).hits] == ["four"]


def test_there_are_a_hundred_that_meet_and_forty_that_do_not() -> None:
    assert len(set(pairs(MEET))) >= 100
    assert len(set(pairs(APART))) >= 40


@pytest.mark.parametrize(
    ("text", "language"), [("the one in", "en"), ("one out of", "en"), ("uno de", "es")]
)
def test_what_breaks_off_before_its_number_is_read(text: str, language: str) -> None:
    assert tokens_of(text, language)
