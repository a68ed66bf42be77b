"""Words that are never taken for a misheard name, because they are words of their own."""

from __future__ import annotations

# Medicines that the glossary may not have: what sounds like one of these is no other drug.
OTHER_DRUGS = frozenset(
    # kinase inhibitors
    "abemaciclib acalabrutinib adagrasib afatinib alectinib alpelisib anlotinib apatinib "
    "aumolertinib avapritinib axitinib baricitinib befotertinib binimetinib bosutinib brigatinib "
    "cabozantinib capivasertib capmatinib cobimetinib copanlisib crizotinib dabrafenib "
    "dacomitinib dasatinib dovitinib duvelisib encorafenib ensartinib entrectinib erdafitinib "
    "erlotinib everolimus fedratinib firmonertinib foretinib fruquintinib furmonertinib "
    "futibatinib garsorasib gefitinib gilteritinib glecirasib glesatinib glumetinib ibrutinib "
    "icotinib idelalisib imatinib infigratinib iruplinalkib ivosidenib lapatinib larotrectinib "
    "lazertinib lenvatinib lorlatinib merestinib midostaurin mobocertinib momelotinib neratinib "
    "nilotinib nintedanib olmutinib osimertinib pacritinib palbociclib pazopanib pemigatinib "
    "pexidartinib ponatinib poziotinib pralsetinib pyrotinib quizartinib regorafenib "
    "repotrectinib ribociclib ripretinib rociletinib ruxolitinib savolitinib selitrectinib "
    "selpercatinib selumetinib sitravatinib sorafenib sotorasib sunitinib sunvozertinib "
    "taletrectinib temsirolimus tepotinib tivantinib tivozanib tofacitinib trametinib tucatinib "
    "upadacitinib vandetanib vemurafenib zanubrutinib zenocutuzumab zipalertinib zongertinib "
    "neladalkib zidesamtinib fulzerasib divarasib olomorasib elironrasib abivertinib "
    "calderasib daraxonrasib envonalkib foritinib gumarontinib keynatinib limertinib "
    "naquotinib nazartinib opnurasib oritinib rezivertinib rilertinib sevabertinib "
    "unecritinib vebreltinib "
    # antibodies and what is bound to them
    "adalimumab amivantamab atezolizumab avelumab bevacizumab blinatumomab camrelizumab "
    "canakinumab cemiplimab cetuximab cosibelimab daratumumab datopotamab denosumab deruxtecan "
    "dinutuximab domvanalimab dostarlimab durvalumab elotuzumab enfortumab ficlatuzumab "
    "gemtuzumab infliximab ipilimumab isatuximab ivonescimab mirvetuximab mogamulizumab "
    "natalizumab necitumumab nimotuzumab nivolumab obinutuzumab ofatumumab omalizumab "
    "onartuzumab panitumumab patritumab pembrolizumab penpulimab pertuzumab polatuzumab "
    "ramucirumab relatlimab retifanlimab rituximab sacituzumab serplulimab sintilimab "
    "sugemalimab tarlatamab telisotuzumab tiragolumab tislelizumab tocilizumab toripalimab "
    "trastuzumab tremelimumab ustekinumab vedotin zanidatamab zolbetuximab "
    # chemotherapy and other medicines people speak of
    "actinomycin azacitidine bendamustine bleomycin bortezomib busulfan cabazitaxel capecitabine "
    "carboplatin carfilzomib cisplatin cladribine cyclophosphamide cytarabine dacarbazine "
    "daunorubicin decitabine docetaxel doxorubicin epirubicin eribulin etoposide fludarabine "
    "fluorouracil gemcitabine idarubicin ifosfamide irinotecan lurbinectedin melphalan "
    "methotrexate mitomycin mitoxantrone nedaplatin oxaliplatin paclitaxel pemetrexed "
    "procarbazine rucaparib olaparib niraparib talazoparib temozolomide teniposide thalidomide "
    "lenalidomide topotecan trabectedin vinblastine vincristine vinorelbine "
    "dexamethasone prednisone prednisolone ondansetron granisetron aprepitant loperamide "
    "metformin atorvastatin rosuvastatin simvastatin pravastatin omeprazole amoxicillin "
    "azithromycin clarithromycin doxycycline minocycline erythromycin tamoxifen letrozole "
    "anastrozole filgrastim pegfilgrastim heparin enoxaparin apixaban rivaroxaban warfarin "
    "captopril enalapril lisinopril amitriptyline gabapentin lorazepam rituxan herceptin enhertu "
    "kadcyla zelboraf cotellic sutent nexavar gleevec tasigna sprycel tukysa nerlynx lenvima "
    "cabometyx inlyta erbitux vectibix bavencio imjudo tevimbra zynyz jemperli augtyro".split()
)

# What Spanish calls medicines is right as it is.
SPANISH_DRUGS = frozenset(
    "carboplatino cisplatino oxaliplatino etoposido gemcitabina vinorelbina vinblastina "
    "vincristina doxorrubicina dabrafenibo metotrexato prednisona dexametasona".split()
)

# Everyday words, found by comparing every name with the commonest words of English and Spanish,
# that sound or are spelled so much like a name that only a person can tell.
EVERYDAY = frozenset(
    "cicada cicadas machinist machinists maquinista maquinistas mechanist mechanists".split()
)
