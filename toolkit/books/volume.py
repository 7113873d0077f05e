"""A volume: one edition, or several under one title, as a book is made of them."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from toolkit.edition import Edition
from toolkit.editions.about import Picture, SiteInfo
from toolkit.editions.interface import Words, base
from toolkit.editions.labels import MARKS, machine_date, matched_mark
from toolkit.editions.structure import (
    Counts,
    Standing,
    Title,
    clean,
    counts_of,
    day_of,
    in_order,
    title_of,
    title_pairs,
)

#: Namespace of our identifiers (RFC 9562, section 6.6: names from a domain name).
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "bilingual-toolkit.book")
_STAMP = re.compile(r"[0-9]{1,11}")
#: What ZIP calls the beginning of time: the date of a volume for which nobody says another.
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)


class Shown(StrEnum):
    """Which languages a book shows."""

    BOTH = "both"
    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Bound:
    """An edition in a volume, with its images by their address in the source."""

    edition: Edition
    pictures: Mapping[str, Picture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Volume:
    """What becomes one book.

    Attributes:
        title: in both languages of the interface.
        site: publisher and address.
        parts: the releases in their order; at least one.
        shown: which languages.
        single: whether it is the edition of one release, without a title of its own.
    """

    title: Words
    site: SiteInfo
    parts: tuple[Bound, ...]
    shown: Shown = Shown.BOTH
    single: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags of what it shows, each once."""
        editions = [part.edition for part in self.parts]
        source = () if self.shown is Shown.TARGET else tuple(edition.release.language for edition in editions)
        target = () if self.shown is Shown.SOURCE else tuple(edition.target_language for edition in editions)
        return tuple(dict.fromkeys((*source, *target)))

    @property
    def voices(self) -> tuple[str, ...]:
        """In which of its two languages the interface speaks: French first."""
        spoken = dict.fromkeys("fr" if base(tag) == "fr" else "en" for tag in self.languages)
        return tuple(sorted(spoken, reverse=True))

    @property
    def counts(self) -> Counts:
        """How far all its editions have come, together."""
        found = [counts_of(part.edition) for part in self.parts]
        return Counts(
            reviewed=sum(each.reviewed for each in found),
            machine=sum(each.machine for each in found),
            changed=sum(each.changed for each in found),
            to_check=sum(each.to_check for each in found),
            untranslated=sum(each.untranslated for each in found),
            aligned=sum(each.aligned for each in found),
        )

    @property
    def identifier(self) -> str:
        """A URN that stays when the text is corrected: it names publisher, releases, languages and title only."""
        names = (part.edition.release.id for part in self.parts)
        title = () if self.single else (self.title.fr, self.title.en)
        said = (self.site.url, self.site.publisher, *title, self.shown.value, *self.languages, *names)
        return uuid.uuid5(_NAMESPACE, "\n".join(map(clean, said))).urn

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates of its releases, in order of time, each once."""
        found = {machine_date(part.edition.release.metadata.date) for part in self.parts}
        return tuple(sorted(day for day in found if day))

    @property
    def modified(self) -> datetime:
        """When it was made, as far as that may depend on no clock.

        SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set, else the day of its newest release or the one on
        which a person last saved a catalogue of it, whichever is later, else the first moment that a ZIP archive can
        name. With the identifier it tells versions of a book apart (EPUB 3.3, section 5.4.5: release identifier).
        """
        stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
        if _STAMP.fullmatch(stamp):
            return max(datetime.fromtimestamp(int(stamp), UTC), _NO_DATE)
        saved = (machine_date(part.edition.revised) for part in self.parts)
        day = max((*self.dates, *filter(None, saved)), default=_NO_DATE.date())
        return max(datetime(day.year, day.month, day.day, tzinfo=UTC), _NO_DATE)


def volume_of(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture], shown: Shown = Shown.BOTH) -> Volume:
    """One release as a book of its own; its title is the release's."""
    titles = dict(titles_of(edition))
    source = titles[edition.release.language]
    target = titles.get(edition.target_language, source)
    words = Words(source, target) if base(edition.release.language) == "fr" else Words(target, source)
    return Volume(words, site, (Bound(edition, pictures),), shown, single=True)


def titles_of(edition: Edition, shown: Shown = Shown.BOTH) -> tuple[tuple[str, str], ...]:
    """A release's title by language, for places that show no marks: the French alone where there is no English for it.

    The English of a title that nobody has approved says so.
    """
    title = title_of(edition)
    named = replace(title, source=in_order(title.source) or edition.release.id)
    return by_language(edition, named, shown, is_matched=is_matched_title(edition))


def is_matched_title(edition: Edition) -> bool:
    """Whether only a program has laid a release's title beside its French."""
    return any(pair.matched for pair in title_pairs(edition))


def by_language(edition: Edition, title: Title, shown: Shown, *, is_matched: bool) -> tuple[tuple[str, str], ...]:
    """A title or heading of an edition as ``titles_of`` has the release's, without marks of direction."""
    source = (edition.release.language, in_order(title.source))
    if shown is Shown.SOURCE or title.target is None:
        return (source,)
    target = (edition.target_language, with_mark(in_order(title.target), title.standing.value, is_matched=is_matched))
    return (target,) if shown is Shown.TARGET else (source, target)


def with_mark(english: str, standing: str, *, is_matched: bool) -> str:
    """An English title with what is to be known of it, where no person has approved it beside its French."""
    if standing in ("machine", "to-check"):
        return f"{english} [{MARKS[Standing(standing)].en}]"
    return f"{english} [{matched_mark().en}]" if is_matched else english


def collected(
    parts: Iterable[Bound], site: SiteInfo, *, title: Words | None = None, shown: Shown = Shown.BOTH
) -> Volume:
    """Several releases as one book, the oldest first and those without a date last.

    Args:
        parts: the releases; at least one.
        site: whose name is the book's title where none is given.
        title: of the book.
        shown: which languages.
    """
    ordered = sorted(parts, key=lambda part: (day_of(part.edition) or "~", part.edition.release.id))
    said = title or Words(site.title_fr, site.title)
    return Volume(Words(in_order(clean(said.fr)), in_order(clean(said.en))), site, tuple(ordered), shown)
