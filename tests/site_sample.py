"""Invented releases by the thousand, with words spread as in real texts: for the lists, the search and their sizes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from toolkit.edition import Edition
from toolkit.editions import SiteInfo, assets, index, page, summary
from toolkit.editions.listing import entry_of
from toolkit.editions.search import sentences_path
from toolkit.editions.structure import Counts, Standing, Title
from toolkit.editions.summaries import ReleaseSummary
from toolkit.editions.templating import script_json
from toolkit.editions.vocabulary import packed, vocabulary

_SYLLABLES = {
    "fr": """ba ber bou cha ché con da dé eau est fi gou hau île jon la leu ma mer mou né nui ou pa pé quai ri ro sé ta
        té tion tra vé vi vou""",
    "en": """ab ack ard bay bel che dock ed end er est fish ful gate har ing ish keel land ley ment ness out port quay
        ran sea ship ter tide ton ward wick""",
}
#: Different words of a language, and words and sentences of a release: about 300 of the words are different.
_LANGUAGE, _WORDS, _SENTENCES = 60_000, 450, 25
_PLACES = ("Brest", "LA ROCHELLE (France)", "Anvers (Belgique)", "Rotterdam", "")


def publish_html(editions: Iterable[Edition], site: SiteInfo) -> dict[str, bytes]:
    """A whole site at once."""
    plan, summaries = assets(), []
    for edition in editions:
        plan |= page(edition, site)
        summaries.append(summary(edition))
    return plan | index(summaries, site)


@cache
def word(language: str, rank: int) -> str:
    """The word of a rank: the most frequent are the shortest, as in any language."""
    syllables, made, left = _SYLLABLES[language].split(), "", rank + 1
    while left:
        left, digit = divmod(left, len(syllables))
        made += syllables[digit]
    return made


def text(chance: random.Random, language: str) -> list[str]:
    """Sentences whose words are spread by Zipf's law."""
    ranks = [int(_LANGUAGE ** chance.random()) - 1 for _ in range(_WORDS)]
    each = _WORDS // _SENTENCES
    return [
        " ".join(word(language, rank) for rank in ranks[start : start + each]).capitalize() + "."
        for start in range(0, _WORDS, each)
    ]


def counts(chance: random.Random, total: int) -> Counts:
    kind = chance.randrange(5)
    machine = (0, 0, total, total // 2, total // 3)[kind]
    changed = (0, 0, 0, 2, 1)[kind]
    missing = (0, 0, 0, 0, 3)[kind]
    return Counts(total - machine - changed - missing, machine, changed, 0, missing)


def invented(number: int) -> Iterator[tuple[ReleaseSummary, dict[str, bytes]]]:
    """That many releases, two a day up to the end of 2025, oldest first: the summary and the file of sentences."""
    chance = random.Random(number)  # noqa: S311 - the same releases every time
    first = date(2025, 12, 31) - timedelta(days=(number - 1) // 2)
    for each in range(number):
        french, english = text(chance, "fr"), text(chance, "en")
        day = (first + timedelta(days=each // 2)).isoformat()
        made = ReleaseSummary(
            id=f"{day}-{word('en', each)}",
            source_language="fr",
            target_language="en",
            date=day,
            place=_PLACES[each % len(_PLACES)],
            title=Title(french[0][:90], english[0][:90], Standing.REVIEWED),
            lead=Title(" ".join(french[1:3]), " ".join(english[1:3]), Standing.REVIEWED),
            counts=counts(chance, _SENTENCES),
            words={"fr": packed(vocabulary(french)), "en": packed(vocabulary(english))},
        )
        rows = [[f"p{at}s1", *pair] for at, pair in enumerate(zip(french, english, strict=True), 1)]
        shard = f"releaseSentences({script_json([entry_of(made).data(), rows])});\n".encode()
        yield made, {sentences_path(made.id): shard}
