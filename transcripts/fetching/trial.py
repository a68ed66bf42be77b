"""Asking for one video as a trial: what is there to ask with, and what its answer means."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from catalog import ExitCode, FetchSettings, Video
from transcripts.errors import TranscriptError
from transcripts.fetching.captions import addresses_of
from transcripts.fetching.provenance import without_secrets
from transcripts.fetching.reports import outcome_sentences
from transcripts.sites.means import Means, means_of, what_may_help
from transcripts.sites.offers import CaptionAnswer, Choose, choose_offers, file_name
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import classify


@dataclass(frozen=True, slots=True)
class TrialReport:
    """What there is to ask with, which video was asked, what came of it, and what may help."""

    means: tuple[Means, ...]
    video: str = ""
    address: str = ""
    outcome: Outcome | None = None
    detail: str = ""
    tracks: tuple[str, ...] = ()

    @property
    def exit(self) -> ExitCode:
        """Blocked or offline, done, or done in part where a means is not as it should be."""
        if self.outcome and (self.outcome.stops_asking or self.outcome.lost):
            return ExitCode.BLOCKED
        well = self.outcome.well if self.outcome else not self.video
        return ExitCode.DONE if well and all(one.well for one in self.means) else ExitCode.PART

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, the answer explained."""
        return (*(one.sentence for one in self.means), *self._answer())

    def _answer(self) -> tuple[str, ...]:
        if self.outcome is None and self.video:
            return (f"{self.video} was not asked for: {self.detail}.",)
        if self.outcome is None:
            return ("No video of the catalogue has an address that can be asked.",)
        asked = f"Asked for {self.video} ({self.address}): {self.outcome}."
        if self.outcome.well:
            came = f"Its captions came: {', '.join(self.tracks)}. Nothing of it was kept."
            return (f"{asked} {came if self.tracks else self.outcome.sentence}",)
        says = outcome_sentences(self.outcome, self.detail)
        return (f"{asked} {says}", *what_may_help(self.outcome, self.means))


def try_fetching(
    settings: FetchSettings,
    root: Path,
    videos: tuple[Video, ...],
    captions: Callable[[str, Choose], CaptionAnswer],
) -> TrialReport:
    """Ask for the first video that has an address, one at YouTube before any other."""
    means = means_of(settings, root)
    asked = sorted((one for one in videos if addresses_of(one)), key=lambda one: not one.youtube)
    if not asked:
        return TrialReport(means)
    video = asked[0]
    address = addresses_of(video)[0]
    try:
        answer = captions(address, partial(choose_offers, language=video.language))
    except TranscriptError as err:  # a means that cannot be used
        return TrialReport(means, video.slug, without_secrets(address), detail=str(err))
    outcome = classify(answer.seen)
    kept = [classify(one.seen) for one in answer.deliveries]
    outcome = next((one for one in kept if one is not Outcome.FETCHED), outcome)
    tracks = tuple(file_name(one.offer) for one in answer.deliveries if one.content)
    if outcome is Outcome.FETCHED and not tracks:
        outcome = Outcome.WITHHELD
    detail = "" if outcome.well else answer.seen.detail
    return TrialReport(means, video.slug, without_secrets(address), outcome, detail, tracks)
