"""Has an engine serve what was just built, where one is set up."""

from dataclasses import replace

from catalog import Library, load_engine
from indexer.errors import IndexerError
from indexer.storage import generations
from indexer.storage.reader import open_index
from indexer.writer.report import IndexReport


def published(library: Library, report: IndexReport) -> IndexReport:
    """Publish the served generation to the engine that site.toml names; what fails is a problem.

    Raises CatalogError where that part of site.toml is wrong.
    """
    engine = load_engine(library)
    if engine is None:
        return report
    from indexer.engine.publish import publish  # noqa: PLC0415 - few sites have one

    try:
        folder = generations.folder_of(library, generations.current_name(library))
        says = publish(library, engine, open_index(folder))
    except IndexerError as err:
        failed = f"{err}. The engine goes on with what it served; mend that, then run `hope index`"
        return replace(report, problems=(*report.problems, failed))
    return replace(report, remarks=(*report.remarks, *says))
