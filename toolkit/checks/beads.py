"""B: sentences that a translator merged or parted, by the marks of ``toolkit.beads``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from toolkit.beading import STEPS, Place, lead_at
from toolkit.beads import BOUNDARY, Mark, is_boundary_alone, mark_of, parts
from toolkit.checks.markup import inside
from toolkit.checks.model import (
    ERROR,
    NOTE,
    WARNING,
    About,
    Knowledge,
    Problem,
    Sentence,
    Text,
    quoted,
    sentence_check,
    text_check,
)
from toolkit.model import ENGINE_ALIGN, ENGINE_PREVIOUS, Entry, Key
from toolkit.placeholders import Form, bare, tags
from toolkit.text.tables import words

_SIDES = {Mark.PREVIOUS: "before", Mark.NEXT: "after"}


def _marked(text: Text) -> Iterator[tuple[Entry, Mark]]:
    for entry in text.catalogue.live if text.catalogue else ():
        if mark := mark_of(entry.target):
            yield entry, mark


@text_check(
    About(
        "B101",
        ERROR,
        "A mark that no sentence answers",
        "“←” says that the sentence before it, in the same paragraph, says this one, too; “→” the one after it. "
        "Without that sentence there is no English at all, and the French is published.",
        "Le port est fermé.\nLe quai aussi.",
        "→\n←",
        "The port and the quay are closed.\n←",
        any_language=True,
    )
)
def unanswered(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Marks beside nothing, beside a sentence without English, or that point at each other."""
    entries = text.entries
    first = text.first_places
    for entry, mark in _marked(text):
        place = first.get(entry.key)
        if place is None or entry.key in text.beads:
            continue
        beside = text.places.get((place[0], place[1] + STEPS[mark]))
        side = _SIDES[mark]
        if beside is None:
            reason, hint = f"there is no sentence {side} it in this paragraph", "translate it"
        elif (there := entries.get(beside)) is not None and mark_of(there.target):
            reason, hint = f"the one {side} it is only a mark, too, and leads to none", "give one of them its English"
        else:
            reason, hint = f"the sentence {side} it has no English", f"write the English of both {side} it"
        yield Problem(f"“{mark}”, but {reason}", hint, entry=entry)


@text_check(
    About(
        "B102",
        WARNING,
        "Merged here, not there",
        "A sentence that stands twice in a release has one entry, so its English is the same at both places. Where "
        "it is merged with its neighbour at one of them only, the other says too much or too little.",
        any_language=True,
    )
)
def merged_elsewhere(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Entries of a bead whose places do not agree on what belongs together."""
    places: dict[Key, list[Place]] = defaultdict(list)
    for place, key in text.places.items():
        places[key].append(place)
    said: dict[Place, list[Key]] = defaultdict(list)
    for entry, mark in _marked(text):
        found = [lead_at(place, text.places, text.entries) for place in places[entry.key]]
        for lead in filter(None, found):
            said[lead[0]].append(entry.key)
        if len({lead[1] if lead else None for lead in found}) > 1:
            yield Problem(
                f"“{mark}” holds for {len(found)} places, and another sentence stands {_SIDES[mark]} it there",
                "translate it, and merge nothing",
                entry=entry,
            )
    for key in dict.fromkeys(text.places[place] for place in said):
        together = [frozenset(said.get(place, ())) for place in places[key]]
        if len(set(together)) > 1:
            yield Problem(
                f"its English says more than one sentence, and stands at {len(together)} places where they differ",
                "translate it alone, and merge nothing",
                entry=text.entries[key],
            )


@text_check(
    About(
        "B103",
        WARNING,
        "Markup of a merged sentence",
        "Bold words or a link of a sentence that is said elsewhere have no words any more; fixed words stand alone. "
        "Give the sentence its own English, or accept that they go.",
        "Le quai est fermé.\nLisez <g1>l’avis</g1>.",
        "The quay is closed, says the notice.\n←",
        "The quay is closed.\nRead <g1>the notice</g1>.",
        any_language=True,
    )
)
def markup_lost(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Pairs with words, and fixed words, in sentences that are only a mark."""
    for entry, _mark in _marked(text):
        source = entry.key.source
        if entry.key not in text.beads:
            continue
        if held := [words for words in inside(source).values() if words.strip()]:
            yield Problem(f"the markup of {quoted(held)} is lost", "merge other sentences", entry=entry)
        if fixed := [tag.shown for tag in tags(source) if tag.form is Form.FIXED]:
            yield Problem(f"{quoted(fixed)} will stand alone", "merge other sentences", entry=entry)


_ASCII_STUCK = re.compile(r"(?<![\s|])\|\|(?!\|)|(?<!\|)\|\|(?![\s|])")


@sentence_check(
    About(
        "B104",
        WARNING,
        "A boundary that parts nothing",
        f"“{BOUNDARY}” (or “||” with a space on either side) stands between two English sentences that one French "
        "sentence became.",
        "Le port est fermé, le quai aussi.",
        "The port is closed, and so is the quay. ‖",
        "The port is closed. ‖ So is the quay.",
        any_language=True,
    )
)
def idle_boundary(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Boundaries at an edge, two running, and plain ones that stick to a word."""
    source, target = line.entry.key.source, line.entry.target
    if BOUNDARY in source or "||" in source or is_boundary_alone(target):
        return
    count = target.count(BOUNDARY) + len(re.findall(r"(?<!\S)\|\|(?!\S)", target))
    if count and len(parts(source, target)) != count + 1:
        yield Problem(f"“{BOUNDARY}” at an edge, or twice running", "delete it, or set it between two sentences")
    elif _ASCII_STUCK.search(target):
        yield Problem("“||” sticks to a word and would be printed", f"set a space on either side, or write {BOUNDARY}")


#: How much of a part a message shows.
_SHOWN = 40


@sentence_check(
    About(
        "B105",
        WARNING,
        "A part that does not end",
        "What stands before a boundary is a sentence of its own and ends like one.",
        "Le port est fermé, le quai aussi.",
        "The port is closed, ‖ and so is the quay.",
        "The port is closed. ‖ So is the quay.",
        any_language=True,
    )
)
def unended_part(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Parts without a sentence's end, where the last one has one."""
    found = [bare(part).rstrip("”’\"'»)] \u00a0\u202f") for part in parts(line.entry.key.source, line.entry.target)]
    if len(found) < 2 or found[-1][-1:] not in tuple(".?!…"):
        return
    for part in found[:-1]:
        if part[-1:] not in tuple(".?!…:;"):
            yield Problem(
                f"does not end like a sentence: {quoted([_last_words(part)])}", f"delete {BOUNDARY}, or set a period"
            )


def _last_words(text: str) -> str:
    """The end of a text, from the beginning of a word."""
    if len(text) <= _SHOWN:
        return text
    return "…" + text[-_SHOWN:].partition(" ")[2] if " " in text[-_SHOWN:] else "…" + text[-_SHOWN:]


#: What people write where they mean a mark.
_ARROWS = words(
    "↑ ↓ ↖ ↗ ⟵ ⟶ ⇐ ⇒ ⇦ ⇨ ⬅ ➡ ⬅\ufe0f ➡\ufe0f ←\ufe0e →\ufe0e 🡐 🡒 ↩ ↪ ↵ <-- --> <— —> <– –> <= => << >> « » < > ^"
)
_SAID = words("idem id ibid ditto above below merged previous next")
_SAID_IN_WORDS = re.compile(
    r"(?:see|as|same as|cf|in|with|merged with|said in) (?:the )?(?:above|below|previous|next|supra|infra)"
    r"(?: sentence)?|voir (?:ci-dessus|ci-dessous|plus haut|plus bas)"
)
#: The longest of them is half as long, without brackets.
_LONGEST_SAID = 60
_BEGINS = re.compile(r"\W?(?:←|→|<-+|-+>)\W*(?=\w|\W?$)")
_ENDS = re.compile(r"(?<=\w)\W*?(?:←|→|(?<![<-])<-+|-+>)\W*$")
_ARROW = re.compile(r"[←→]|<-|->")
_BARS = re.compile(r"[∥ǁ║❘¦]{1,2}")


@sentence_check(
    About(
        "B106",
        ERROR,
        "Looks like a mark and is none",
        "It would be printed as it stands. The marks are “←” and “→”, alone (in plain letters “<-” and “->”), and "
        f"“{BOUNDARY}” between two sentences.",
        "Le port est fermé jusqu’à lundi.",
        "see above",
        "The port is closed until Monday.",
        any_language=True,
    )
)
def lookalike(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Other arrows, words that say where, an arrow before or behind words, a boundary alone, and other bars."""
    target, source = " ".join(line.target.split()), line.source
    if target in _ARROWS or (_says_where(target) and len(source.split()) > 2):
        yield Problem(f"{quoted([target])} is no English", "write ← or →, alone, or translate the sentence")
    elif (found := _BEGINS.match(target)) and not _BEGINS.match(source):
        yield Problem(
            f"{quoted([found[0].strip()])} stands before words", "a mark stands alone; put words in a comment"
        )
    elif _ARROW.search(target) and (found := _ENDS.search(target)) and not _ENDS.search(source):
        yield Problem(
            f"{quoted([found[0].strip()])} stands behind words", "a mark stands alone; put words in a comment"
        )
    elif is_boundary_alone(target) and BOUNDARY not in source:
        yield Problem(f"“{BOUNDARY}” alone is no English", "translate the sentence, or leave it empty")
    elif (found := _BARS.search(target)) and not _BARS.search(source):
        yield Problem(f"{quoted([found[0]])} is no boundary", f"write {BOUNDARY}, or || with a space on either side")


def _says_where(target: str) -> bool:
    """Whether English only says where else it stands: "see above"."""
    if len(target) > _LONGEST_SAID:
        return False
    said = target.strip("().[] ").lower()
    return said in _SAID or _SAID_IN_WORDS.fullmatch(said) is not None


#: English that was a person's, and made for the bead.
_MADE_SO = frozenset({ENGINE_ALIGN, ENGINE_PREVIOUS})


@text_check(
    About(
        "B107",
        WARNING,
        "English made for one sentence says several",
        "Its neighbour says “merged”, but this English is a machine’s draft or a copy, made for this sentence alone.",
        any_language=True,
    )
)
def untouched_lead(text: Text, know: Knowledge) -> Iterator[Problem]:
    """Leads of a bead that nobody has touched since they were made."""
    for bead in dict.fromkeys(text.beads.values()):
        made = bead.lead.provenance
        if made and made.engine not in _MADE_SO and made.target_hash == know.digest(bead.lead.target):
            others = [bare(entry.key.source) for entry in bead.entries if entry is not bead.lead]
            yield Problem(
                "is to say its neighbour, too, and nobody has touched it since it was made",
                f"add the English of {quoted([other[:60] for other in others])}",
                entry=bead.lead,
            )


@sentence_check(
    About(
        "B108",
        NOTE,
        "More sentences than the French",
        f"A boundary (“{BOUNDARY}”) between the English sentences lets readers and other programs know which is which.",
        "Le port, qui est fermé, rouvrira lundi.",
        "The port is closed. It will reopen on Monday.",
        "The port is closed. ‖ It will reopen on Monday.",
    )
)
def unmarked_boundary(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Single sentences of running text whose English has more ends of sentences, and no boundary."""
    if line.bead or line.context is not None or len(parts(line.entry.key.source, line.entry.target)) > 1:
        return
    french, english = know.sentences(line.french), know.sentences(line.english)
    if english > french:
        yield Problem(f"{english} English sentences for {french}", f"set {BOUNDARY} between them")
