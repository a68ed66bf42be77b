"""`[engine]` of a site.toml: what may be set, and what is refused with a sentence."""

from pathlib import Path

import pytest

from catalog import Library, Operator, read_operator_of
from catalog.settings.engine_settings import EngineSettings

HOSTS = 'hosts = ["https://search1.example.org:9200/", "http://127.0.0.1:9201"]\n'


def read(root: Path, table: str) -> tuple[Operator, list[str]]:
    (root / "site.toml").write_text(f"[engine]\n{table}", "utf-8")
    operator, problems = read_operator_of(Library(root))
    return operator, [str(problem) for problem in problems]


def test_hosts_are_enough(tmp_path: Path) -> None:
    operator, problems = read(tmp_path, HOSTS)
    assert not problems
    hosts = ("https://search1.example.org:9200", "http://127.0.0.1:9201")
    assert operator.engine == EngineSettings(hosts, "hope", 1, 2, "", "")


def test_without_the_table_there_is_no_engine(tmp_path: Path) -> None:
    assert read_operator_of(Library(tmp_path))[0].engine is None


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("", "write the addresses of its `hosts`"),
        ('hosts = ["http://search1.example.org:9200"]', "with http:// only on this machine"),
        ('hosts = ["https://user:secret@search1.example.org"]', "this is no address of a host"),
        (HOSTS + 'account = "user:secret"', "this is no file; put user:password into a file"),
        (HOSTS + "replicas = -1", "is no number from 0 to 100"),
        (HOSTS + "shards = true", "is no number from 1 to 100"),
        (HOSTS + 'prefix = "../Hope"', "is no beginning of a name"),
        (HOSTS + "password = 'secret'", "password"),
    ],
)
def test_what_is_refused(tmp_path: Path, table: str, says: str) -> None:
    operator, problems = read(tmp_path, table)
    assert operator.engine is None
    assert says in "".join(problems)
    assert "secret" not in "".join(problems)
