"""The library: the one folder on disk that holds everything, and where each thing lies in it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Library:
    """The data root. The folders inside it need not exist."""

    root: Path

    @property
    def catalog_dir(self) -> Path:
        """Curated TOML files; when absent, the catalogue shipped in the package is used."""
        return self.root / "catalog"

    @property
    def captions_dir(self) -> Path:
        """One folder a video, with its tracks and their provenance."""
        return self.root / "captions"

    @property
    def index_dir(self) -> Path:
        """Generations; safe to delete, rebuilt from the catalogue and the captions."""
        return self.root / "index"

    @property
    def media_dir(self) -> Path:
        """Video files of our own, for videos whose `media` is a file name."""
        return self.root / "media"

    @property
    def posters_dir(self) -> Path:
        """Still pictures of the videos, named by slug: `<slug>.jpg`, `.webp` or `.png`."""
        return self.root / "posters"

    @property
    def drafts_dir(self) -> Path:
        """Draft entries that `hope sync URL` wrote, for a person to review."""
        return self.root / "drafts"

    @property
    def resolved_file(self) -> Path:
        """What `hope sync` found out about videos that the catalogue knows only by their page."""
        return self.root / "resolved.json"

    @property
    def site_file(self) -> Path:
        """Who runs the site, and what they set up for it; may be absent."""
        return self.root / "site.toml"

    def captions_of(self, video: str) -> Path:
        """The folder of one video's tracks."""
        return self.captions_dir / video
