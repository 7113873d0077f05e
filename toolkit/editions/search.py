"""The files that search reads: which release has which word, and what each release says, sentence by sentence.

All are scripts and not JSON, because a page opened from the disk may load a script but may not fetch a file. A query
loads the catalogue of releases (``assets/search/index.js``), the one or two word files in which its words would stand
(``assets/search/words/<language>-<number>.js``: the sorted vocabulary cut into pieces), and for the releases that it
shows their sentences (``assets/search/releases/<release>.js``). docs/site.md gives the format.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from toolkit.edition import Edition
from toolkit.editions.labels import MARKS, matched_mark
from toolkit.editions.structure import Counts, Standing, plain, standing_of
from toolkit.editions.summaries import ReleaseSummary
from toolkit.editions.templating import script_json
from toolkit.editions.vocabulary import DIGITS, front_coded, sorted_words, unpacked
from toolkit.model import State

FOLDER = "assets/search"
#: Languages of a site that has no release yet.
USUAL = ("fr", "en")
#: Characters of a word file: small enough to load while somebody types, large enough to be few.
PIECE = 50_000

_UNAPPROVED = (Standing.MACHINE, Standing.TO_CHECK, Standing.CHANGED)


# -- sentences ----------------------------------------------------------------------------------------------------


def sentences_path(release: str) -> str:
    """Where a release's sentences lie, relative to the output folder."""
    return f"{FOLDER}/releases/{release}.js"


def sentences(edition: Edition, entry: Mapping[str, object]) -> bytes:
    """A release's sentences as a script: ``entry`` is what a list of results shows of the release itself.

    A row is [id, French, English or null, mark of its state, that mark in French]; sentences that belong together
    (a bead) are one row. English that a person has approved has no marks.
    """
    rows: list[list[str | None]] = []
    for block in edition.blocks:
        for bead in block.beads:
            if bead.lead.state is State.VERBATIM:
                continue
            standing = standing_of(bead.lead)
            mark = MARKS[standing] if standing in _UNAPPROVED else matched_mark() if bead.lead.matched else None
            target = bead.target
            row = [bead.pairs[0].segment.id, plain(bead.source), None if target is None else plain(target)]
            rows.append([*row, mark.en, mark.fr] if mark else row)
    return f"releaseSentences({script_json([entry, rows])});\n".encode()


# -- words --------------------------------------------------------------------------------------------------------


def search_files(entries: Sequence[ReleaseSummary]) -> dict[str, bytes]:
    """The catalogue of releases and the word files.

    Args:
        entries: all releases, newest first. In the files a release is a number, and the oldest is 0: a new release
            leaves the numbers of the others as they are.
    """
    oldest_first = entries[::-1]
    made: dict[str, bytes] = {}
    pieces: dict[str, list[str]] = {}
    for language in languages_of(entries):
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(oldest_first):
            for word in unpacked(entry.words.get(language, "")):
                postings[word].append(number)
        pieces[language] = []
        for first, text in _pieces(postings, len(entries)):
            name = f"{FOLDER}/words/{language}-{len(pieces[language])}.js"
            made[name] = f"searchWords({script_json([language, len(pieces[language]), text])});\n".encode()
            pieces[language].append(first)
    catalogue = {
        "releases": [entry.id for entry in oldest_first],
        "years": [[year, len(list(run))] for year, run in groupby(entry.year for entry in oldest_first)],
        "states": "".join(DIGITS[states_of(entry.counts)] for entry in oldest_first),
        "words": pieces,
    }
    made[f"{FOLDER}/index.js"] = f"searchIndex({script_json(catalogue)});\n".encode()
    return made


def languages_of(entries: Iterable[ReleaseSummary]) -> tuple[str, ...]:
    """The languages of these releases as primary subtags, the sources' first; the usual two where there are none."""
    found = list(entries)
    return tuple(dict.fromkeys([entry.source for entry in found] + [entry.target for entry in found])) or USUAL


#: States that a list can be narrowed down to, in the order of their bits in the catalogue.
STATES = ("reviewed", "machine", "to-check", "changed", "untranslated", "matched")


def states_of(counts: Counts) -> int:
    """Which of ``STATES`` hold for a release, as bits: reviewed where all is, each other where any sentence is.

    What a program has matched counts as its own: nobody has read it beside its French.
    """
    done = counts.total > 0 and counts.read == counts.total
    flags = (done, counts.machine, counts.to_check, counts.changed, counts.untranslated, counts.aligned)
    return sum(1 << bit for bit, flag in enumerate(flags) if flag)


def _pieces(postings: Mapping[str, Sequence[int]], total: int) -> Iterator[tuple[str, str]]:
    """The vocabulary cut into pieces of some ``PIECE`` characters: the first word of each, and its lines."""
    words = sorted_words(postings)
    start = size = 0
    for at, word in enumerate(words, 1):
        size += len(word) + _cost(len(postings[word]), total)
        if size >= PIECE or at == len(words):
            piece = words[start:at]
            lines = zip(front_coded(piece), (encoded(postings[each], total) for each in piece), strict=True)
            yield piece[0], "\n".join(map(" ".join, lines))
            start, size = at, 0


def _cost(number: int, total: int) -> int:
    """About how many characters the releases of a word take."""
    return min(2 * number, total // 6) + 3


def encoded(numbers: Sequence[int], total: int) -> str:
    """Ascending numbers below ``total`` as digits of six bits: the gaps between them, or "." and a bitmap.

    A gap is the number of those left out, lowest five bits first; the sixth bit of a digit says that another follows,
    as in source maps (ECMA-426, "VLQ").
    """
    if 6 * len(numbers) > total:
        bits = bytearray(-(-total // 6))
        for number in numbers:
            bits[number // 6] |= 1 << number % 6
        return "." + "".join(map(DIGITS.__getitem__, bits))
    previous, digits = -1, []
    for number in numbers:
        digits.append(_GAPS[gap] if (gap := number - previous - 1) < len(_GAPS) else _gap(gap))
        previous = number
    return "".join(digits)


def _gap(gap: int) -> str:
    digits = ""
    while gap > 31:
        digits += DIGITS[32 | gap & 31]
        gap >>= 5
    return digits + DIGITS[gap]


_GAPS = tuple(map(_gap, range(2048)))
