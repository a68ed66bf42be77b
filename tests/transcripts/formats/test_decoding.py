import pytest

from transcripts.errors import TranscriptError
from transcripts.formats.decoding import decode

TEXT = "1\n00:00:01,000 --> 00:00:02,000\n¿Qué será? Mañana “sí” – dijo\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_an_encoding_that_can_be_told_is_read_without_a_note(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, ())


@pytest.mark.parametrize(
    ("text", "encoding", "language", "name"),
    [
        (TEXT, "cp1252", "es", "Windows-1252"),
        ("Привет, как дела", "cp1251", "ru", "Windows-1251"),
        ("検査の結果です", "shift_jis", "ja", "Shift JIS"),
        ("检查结果很好", "gbk", "zh-Hans", "GB 18030"),
        ("検査の結果です", "euc_jp", "ja", "EUC-JP"),
        ("Снимок показал пятно", "koi8_r", "ru", "KOI8-R"),
        ("Снимок показал пятно", "cp866", "ru", "DOS 866"),
        ("СНИМОК ПОКАЗАЛ", "cp1251", "ru", "Windows-1251"),
        ("Qué señal, él habló", "mac_roman", "es", "Mac Roman"),
        ("Qué señal, él habló", "cp850", "es", "DOS 850"),
        ("word—word, “it’s” 5 µg/m²", "cp1252", "en", "Windows-1252"),
    ],
)
def test_an_old_encoding_is_that_of_the_language(
    text: str, encoding: str, language: str, name: str
) -> None:
    read, notes = decode(text.encode(encoding), language)

    assert read == text
    assert notes[0].endswith(f"it was read as {name}")


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac_roman"])
def test_utf8_that_was_saved_in_a_wrong_encoding_is_put_right_with_a_note(codec: str) -> None:
    text = "¿Qué será? Mañana sí"

    read, notes = decode(text.encode().decode(codec).encode())

    assert read == text
    assert "UTF-8" in notes[0]


@pytest.mark.parametrize(
    "text", ["NÃO É UM CÂNCER. A IRMÃ» VEIO.", "« Où est l’été ? » dit Zoë", "5 µg à 20 °C"]
)
def test_right_text_stays(text: str) -> None:
    assert decode(text.encode()) == (text, ())


def test_marks_that_have_no_other_meaning_are_put_right_beside_right_letters() -> None:
    wrong = "é itâ€™s â€œsmallâ€ ok señor Ã no"

    assert decode(wrong.encode())[0] == "é it’s “small” ok señor Ã no"


def test_a_file_of_blanks_is_empty() -> None:
    with pytest.raises(TranscriptError, match="the file is empty"):
        decode("\ufeff \r\n".encode("utf-8"))
