from textwrap import dedent

from catalog import Catalogue, Person, Question, Series, Topic, Video
from catalog.entries.translations import Translation, language_of_file, read_translation, translated
from catalog.model import Chapter

VIDEO = Video(
    "talk",
    "A talk",
    "talks",
    questions=(Question("Why?", 1000),),
    chapters=(Chapter("Start", 0),),
)
CATALOGUE = Catalogue(
    series=(Series("talks", "Talks", notice="A sample.", videos=(VIDEO,)),),
    people={"ada": Person("ada", "Ada", role="doctor")},
    topics={"stages": Topic("stages", "Stages")},
)
SPANISH = """
    [series.talks]
    title = "Charlas"
    notice = "Una muestra."
    [topics.stages]
    title = "Estadios"
    [people.ada]
    role = "médica"
    [videos.talk]
    title = "Una charla"
    [videos.talk.questions]
    "Why?" = "¿Por qué?"
    [videos.talk.chapters]
    "Start" = "Inicio"
    """


def read(text: str) -> tuple[Translation, list[str]]:
    translation, problems = read_translation(dedent(text), "translation.es.toml")
    return translation, [str(problem) for problem in problems]


def strays(text: str) -> list[str]:
    return [str(problem) for problem in translated(CATALOGUE, read(text)[0])[1]]


def test_a_file_names_its_language() -> None:
    assert language_of_file("translation.es.toml") == "es"
    assert language_of_file("translation.es-419.toml") == "es-419"
    assert language_of_file("intro.toml") == ""


def test_every_entry_gets_its_texts() -> None:
    translation, problems = read(SPANISH)
    changed, missing = translated(CATALOGUE, translation)

    assert (problems, missing) == ([], ())
    assert changed.series[0].translations["es"] == {"title": "Charlas", "notice": "Una muestra."}
    assert changed.topics["stages"].translations["es"] == {"title": "Estadios"}
    assert changed.people["ada"].translations["es"] == {"role": "médica"}
    video = changed.videos["talk"]
    assert video.translations["es"] == {"title": "Una charla"}
    assert video.questions == (Question("Why?", 1000, translations={"es": "¿Por qué?"}),)
    assert video.chapters == (Chapter("Start", 0, translations={"es": "Inicio"}),)


def test_only_the_kinds_that_were_asked_for_are_translated() -> None:
    changed, problems = translated(CATALOGUE, read(SPANISH)[0], ("topics",))

    assert problems == ()
    assert changed.topics["stages"].translations
    assert not changed.series[0].translations
    assert changed.videos["talk"] == VIDEO


def test_what_cannot_be_translated_is_named() -> None:
    _, problems = read("""
        [songs.one]
        title = "Canción"
        [topics.stages]
        title = ""
        colour = "azul"
        [videos.talk]
        questions = ["¿Por qué?"]
        """)

    assert [one.split(":", 1)[1] for one in problems] == [
        " songs: there is no such part; the parts are series, topics, groups, people, videos",
        " stages, title: write a text in quotes, not ''",
        " stages, colour: there is nothing of that name to translate;"
        " write title, description, written",
        ' talk, questions: write each as "original" = "translation"',
    ]


def test_a_file_that_is_no_toml_is_named() -> None:
    _, problems = read("title = ")

    assert problems[0].startswith("translation.es.toml: this is not valid TOML: ")


def test_a_text_without_its_original_is_named() -> None:
    assert strays("""
        [topics.stage]
        title = "Estadios"
        [topics.stages]
        description = "Qué dicen."
        [videos.talk.questions]
        "Where?" = "¿Dónde?"
        """) == [
        "translation.es.toml: stage: there is no 'stage' in topics; did you mean 'stages'?",
        "translation.es.toml: stages, description: the original has no such text",
        "translation.es.toml: talk, questions: there is no 'Where?' to translate",
    ]
