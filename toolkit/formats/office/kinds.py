"""What a paragraph is by the names of its styles: Word and LibreOffice call them alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.model import BlockKind

_HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo)\s*([1-9])")
_TITLES = frozenset({"title", "titre"})
_SUBTITLES = frozenset({"subtitle", "sous-titre"})
# Style names, in lower case, and what their paragraphs are. Both programs keep the English names in every language.
_KINDS = {
    **dict.fromkeys(_TITLES, (BlockKind.HEADING, 1)),
    **dict.fromkeys(_SUBTITLES, (BlockKind.HEADING, 2)),
    **dict.fromkeys(("quote", "intense quote", "quotations", "block text"), (BlockKind.QUOTE, 0)),
    **dict.fromkeys(("citation", "citation intense"), (BlockKind.QUOTE, 0)),
    **dict.fromkeys(("caption", "légende"), (BlockKind.CAPTION, 0)),
}
#: Character styles of program code (Word's, pandoc's, LibreOffice's): their words are not translated.
CODE = frozenset({"html code", "verbatim char", "source text", "html typewriter"})


@dataclass(frozen=True, slots=True)
class StyleKind:
    """What a style makes of a paragraph.

    Attributes:
        title: it is the document's title.
        counted: its level is a heading's own, and one more below a title.
    """

    kind: BlockKind | None = None
    level: int = 0
    title: bool = False
    counted: bool = False

    def level_below(self, titled: bool) -> int:
        """The level of a block, in a document that has a paragraph of the style Title or has none."""
        return min(self.level + (titled and self.counted), 6)


def style_kind(names: Sequence[str], outline: int) -> StyleKind:
    """What a paragraph is.

    Args:
        names: of its style and of those that this is based on, in lower case.
        outline: its outline level, from 1; 0 for none.
    """
    for name in names:
        if name in _KINDS:
            kind, level = _KINDS[name]
            return StyleKind(kind, level, title=name in _TITLES)
        if match := _HEADING.fullmatch(name):
            return StyleKind(BlockKind.HEADING, int(match[1]), counted=True)
    return StyleKind(BlockKind.HEADING, outline, counted=True) if outline else StyleKind()
