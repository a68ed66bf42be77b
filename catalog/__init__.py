"""What exists: series, videos, people, topics and the glossary."""

from catalog.entries.resolved import PageResolution, ResolvedPages, read_resolved, write_resolved
from catalog.errors import CatalogError, ExitCode, SaidError
from catalog.front_door import loaded_later
from catalog.glossary.terms import KINDS
from catalog.loader import catalogue_stamp, load_catalogue, read_catalogue, shipped_terms
from catalog.model import (
    ANSWER_MS,
    Catalogue,
    Correction,
    MisheardForm,
    Person,
    Question,
    Series,
    Term,
    Topic,
    TopicGroup,
    Video,
    WrittenAnswer,
    base_language,
)
from catalog.settings.engine_settings import EngineSettings
from catalog.settings.site_file import (
    load_engine,
    load_fetch_settings,
    load_operator,
    read_operator_of,
)
from catalog.settings.site_settings import FetchSettings, Operator, PhoneLine, Signpost, TrialSearch
from catalog.storage.files import (
    PART,
    checksum,
    file_checksum,
    leads_out,
    open_locked,
    read_json,
    read_settled,
    sync_to_disk,
    write_atomically,
    write_json,
)
from catalog.storage.library import Library
from catalog.terminal import Report, clock, counted, errors_as_sentences, progress, say, tell
from catalog.toml.fields import near, number
from catalog.validation import in_the_future
from catalog.words.text import NO_NAMES, TITLES, UNSPACED, fold_accents, number_words
from catalog.words.usual_forms import UsualForms, capitalised, usual_forms_of
from catalog.words.word_lists import read_word_lists
from catalog.youtube import (
    EMBEDS,
    embed_address,
    is_youtube,
    video_id_in,
    watch_address,
    youtube_id,
)
from catalog.youtube import SITE as YOUTUBE
