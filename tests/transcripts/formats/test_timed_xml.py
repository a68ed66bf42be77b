from transcripts.formats.timed_xml import read_timed_xml


def test_what_stands_in_a_row_begins_where_the_one_before_ends() -> None:
    cues, _ = read_timed_xml(
        '<tt><body><div timeContainer="seq"><p begin="1s" dur="2s">one</p>'
        '<p begin="500ms" dur="2s">two</p></div></body></tt>'
    )

    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(1000, 3000), (3500, 5500)]
