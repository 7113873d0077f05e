"""An invented release with its translation in every state, and a short way to build others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from toolkit.digests import digest, key_digest
from toolkit.edition import Edition
from toolkit.editions.align import align
from toolkit.model import (
    Block,
    BlockKind,
    Catalogue,
    Entry,
    Key,
    Metadata,
    Origin,
    Provenance,
    Release,
    Segment,
    State,
    context_of,
)
from toolkit.skeleton import Skeleton

MT = Provenance("argos", "translate-fr_en 0.1", "0123456789ab", score=-0.25)
RULE = Provenance("rule")
OLD = Provenance("previous")

R, M, F, U = State.REVIEWED, State.MACHINE, State.FUZZY, State.UNTRANSLATED
_STATES = {"R": R, "M": M, "F": F, "U": U}

#: French that a changed sentence of the sample had before.
EARLIER = {
    "«\u00a0Sans échange de renseignements, chaque port reste seul\u00a0», a déclaré Mme Solène Abgrall, "
    "directrice des opérations.": "«\u00a0Sans partage du renseignement, chaque port reste seul\u00a0», a affirmé "
    "Mme Solène Abgrall.",
}

#: French, English, state.
Line = tuple[str, str, State]
#: Kind, level, marker, group, sentences.
BlockData = tuple[BlockKind, int, str, str, tuple[Line, ...]]

_TABLE = """
boilerplate
  M Toutes les actualités => All news
  U | =>
  M Imprimer => Print
dateline
  R 14 mars 2019 => 14 March 2019
heading level=1
  R Trafic d’anguilles~: onze pays de l’estuaire unissent leurs contrôles
  => Eel trafficking: eleven estuary countries join forces on inspections
paragraph
  R VERNAY-SUR-LOIRE (France) – L’Observatoire européen des fleuves a conclu jeudi une opération de trois semaines
  contre le commerce illégal de civelles, menée avec les douanes et les polices de onze pays.
  => VERNAY-SUR-LOIRE, France – The European Rivers Observatory on Thursday concluded a three-week operation
  against the illegal trade in glass eels, carried out with the customs and police forces of eleven countries.
  R Les agents ont saisi 3,2 tonnes de poissons vivants dans 46 ports et aéroports.
  => Officers seized 3.2 tonnes of live fish at 46 ports and airports.
  M Vingt-cinq personnes ont été interpellées. => Twenty-five people were arrested.
quote
  R «~Une civelle vaut aujourd’hui plus cher que l’argent au poids.
  => “A glass eel is now worth more than silver by weight.
  M Ceux qui la volent le savent parfaitement. => Those who steal them know this perfectly well.
quote group=p5
  F «~Sans échange de renseignements, chaque port reste seul~», a déclaré Mme Solène Abgrall, directrice des opérations.
  => “Without shared intelligence, every port stands alone,” said Ms Solène Abgrall, Director of Operations.
heading level=2
  M Des filières mieux connues => Better-known networks
paragraph
  U Les enquêteurs ont relevé trois méthodes de transport, toutes décrites dans le rapport remis aux ministres. =>
  R Le rapport recommande notamment de~: => The report recommends in particular:
item marker=- group=p8
  R renforcer le contrôle des viviers déclarés avant l’exportation~;
  => tightening checks on declared holding tanks before export;
item marker=- group=p8
  F publier chaque année le volume des saisies, port par port~;
  => publish each year the volume of seizures, port by port;
item marker=- group=p8
  U former les vétérinaires des aéroports à reconnaître l’espèce. =>
caption
  M Un vivier clandestin découvert près de l’écluse de Corvenne. => A clandestine tank found near the Corvenne lock.
credit
  M Photo~: OEF / J. Tanguy => Photo: OEF / J. Tanguy
verbatim
  U *** =>
"""


def blocks_of(table: str) -> tuple[BlockData, ...]:
    """Blocks from a table: a line for each block, below it "state French => English" for each sentence; ~ is NBSP."""
    blocks: list[tuple[str, list[str]]] = []
    for line in table.replace("~", "\u00a0").strip().splitlines():
        if not line.startswith(" "):
            blocks.append((line, []))
        elif line[2] in _STATES and line[3] == " ":
            blocks[-1][1].append(line[2:])
        else:
            blocks[-1][1][-1] += " " + line.strip()
    return tuple(_block_of(head, sentences) for head, sentences in blocks)


def _block_of(head: str, sentences: list[str]) -> BlockData:
    kind, *options = head.split()
    given = dict(option.split("=") for option in options)
    marker = given["marker"] + " " if "marker" in given else ""
    lines = tuple(
        (french.strip(), english.strip(), _STATES[sentence[0]])
        for sentence in sentences
        for french, _, english in [sentence[2:].partition("=>")]
    )
    return BlockKind(kind), int(given.get("level", 0)), marker, given.get("group", ""), lines


SAMPLE = blocks_of(_TABLE)


def build(
    blocks: tuple[BlockData, ...] = SAMPLE,
    *,
    name: str = "2019-03-14-civelles",
    metadata: Metadata | None = None,
    earlier: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Release, Catalogue]:
    """A segmented release and its catalogue: sentences of a block stand one space apart.

    ``earlier`` gives, for a sentence whose state is F, the French before; without it a person has still to check it.
    """
    made: list[Block] = []
    entries: dict[Key, Entry] = {}
    for number, (kind, level, marker, group, lines) in enumerate(blocks, 1):
        segments = tuple(
            Segment(
                f"p{number}s{position}",
                french,
                before=marker if position == 1 else "",
                after=" " if position < len(lines) else "",
                origin=Origin(f"source/{name}.txt", number),
            )
            for position, (french, _, _) in enumerate(lines, 1)
        )
        text = "".join(segment.before + segment.text + segment.after for segment in segments)
        made.append(Block(f"p{number}", kind, text, level, marker, group, segments=segments))
        for segment, (_, english, state) in zip(segments, lines, strict=True):
            key = Key(context_of(kind), segment.msgid)
            made_by = {M: MT if kind is not BlockKind.CREDIT else RULE, F: OLD}.get(state)
            if made_by:
                made_by = replace(made_by, source_hash=key_digest(key), target_hash=digest(english))
            before = earlier.get(segment.text) if state is F else None
            entries[key] = Entry(key, english, state, made_by, None if before is None else Key(key.context, before))
    title = next((block.text for block in made if block.level == 1), made[0].text if made else "")
    release = Release(
        name,
        f"source/{name}.txt",
        "fr",
        title,
        metadata or Metadata("2019-03-14", "VERNAY-SUR-LOIRE (France)", "OEF / J. Tanguy", "fleuves.example"),
        tuple(made),
        Skeleton("text", "utf-8", ()),
    )
    return release, Catalogue(name, (("Language", "en"),), tuple(entries.values()))


def sample() -> Edition:
    """The invented release, aligned."""
    return align(*build(earlier=EARLIER))


def matched(edition: Edition, *ids: str) -> Edition:
    """The edition with these approved sentences, or all of them, as `toolkit align` leaves them."""
    blocks = (
        replace(
            block,
            pairs=tuple(
                replace(pair, matched=pair.state is R and (not ids or pair.segment.id in ids)) for pair in block.pairs
            ),
        )
        for block in edition.blocks
    )
    return replace(edition, blocks=tuple(blocks))


def beaded() -> Edition:
    """Two sentences that a translator merged, and one that became two."""
    lines = (
        ("Le port a fermé.", "The port closed on Friday.", R),
        ("C’était vendredi.", "←", R),
        ("Deux navires ont attendu au large.", "Two ships waited. ‖ They lay offshore.", M),
    )
    heading, text = (("Le port", "The port", R),), lines
    blocks = ((BlockKind.HEADING, 1, "", "", heading), (BlockKind.PARAGRAPH, 0, "", "", text))
    return align(*build(blocks, name="beads"))
