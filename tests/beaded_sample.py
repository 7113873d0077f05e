"""An invented release whose translator merged and parted sentences, and editions with such beads anywhere."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.edition_sample import BlockData, F, M, R, U, blocks_of, build
from toolkit.edition import Edition
from toolkit.editions.align import align
from toolkit.model import BlockKind

_TABLE = """
heading level=1
  R Deux gabarres immobilisées à Corvenne => Two barges held in Corvenne
paragraph
  R La première est à quai. => The first is moored, and the second is due tomorrow.
  R La seconde arrive demain. => ←
  M Le juge, qui a entendu trois témoins, statuera lundi.
  => The judge has heard three witnesses. ‖ She will rule on Monday.
  U Le port se tait. =>
paragraph
  R Comme la brume tombait. => →
  F Les agents ont attendu. => As fog was falling, the officers waited.
  R L’écluse est rouverte. => The lock has been opened again.
quote
  R «~Nous l’avions dit. => “We said so, and nobody listened.
  R Nul n’a écouté. => <-
  M Nous recommencerons~», assure M. Prigent. => We shall say it again.” ‖ That is Mr Prigent’s word.
"""


def beaded() -> Edition:
    """Beads of 1:1, 2:1 (said before and said after), 1:2, and a changed one."""
    release, catalogue = build(
        blocks_of(_TABLE), name="2026-07-02-gabarres", earlier={"Les agents ont attendu.": "Les agents ont ri."}
    )
    return align(release, catalogue)


_MARKS = ["←", "→", "<-", "->", "‖", " ← "]
_ENGLISH = st.sampled_from(["Un.", "Two & three.", "One. ‖ Two.", "A. || B. || <C>.", "", *_MARKS])


@st.composite
def any_beads(draw: st.DrawFn) -> Edition:
    """An edition whose catalogue has marks anywhere."""
    blocks: list[BlockData] = []
    number = 0
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE]))
        lines = []
        for _ in range(draw(st.integers(1, 5))):
            number += 1
            english = draw(_ENGLISH)
            lines.append((f"Phrase {number}.", english, draw(st.sampled_from([R, M, F])) if english else U))
        blocks.append((kind, 2 if kind is BlockKind.HEADING else 0, "", "", tuple(lines)))
    return align(*build(tuple(blocks), earlier={"Phrase 2.": "Phrase d’avant."}))
