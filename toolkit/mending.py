"""A person's English whose placeholders went wrong: what can be kept is kept, and the least is lost.

Used where an edition is made. A pair that is missing or crosses another is left out, so that nothing is in bold type
that should not be; what stands alone (an image, a note's mark, fixed words) is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.beads import mark_of
from toolkit.placeholders import STRAY, Form, Tag, Token, bare, difference, escape, lone_tags, tags, tokenize

#: What a person types, or another program makes, of a placeholder: "< g1 >", "<G1>", "<x2>", "<x2 />".
_NEAR = re.compile(r"<\s*(?P<slash>/?)\s*(?P<kind>g|x|ph)\s*(?P<number>\d{1,6})\s*/?\s*>", re.IGNORECASE)


def problem(source: str, target: str) -> str:
    """What is wrong with a target's placeholders; "" when nothing is.

    Args:
        source: the sentence as the catalogue holds it.
        target: its English; a mark (``toolkit.beads``) needs no placeholders.
    """
    if ("<" not in target and "<" not in source) or mark_of(target):
        return ""
    for match in _NEAR.finditer(target):
        if _spelled(match) != match[0] and match[0] not in source:
            return f"“{match[0]}” is not written as a placeholder: {_spelled(match)}"
    return difference(source, target)


def mended(source: str, target: str) -> str:
    """The target with the source's placeholders, as far as they can be told; words are kept, all of them.

    Returns:
        The target as it is when nothing is wrong. Else each tag of the source at most once, well nested, those that
        stand alone all there; a pair may be missing.
    """
    if not problem(source, target):
        return target
    wanted = tags(source)
    lone = lone_tags(wanted)
    kept = _nested(_once(tokenize(_respelled(source, target)), wanted), lone)
    if [token for token in kept if token in lone] != [tag for tag in wanted if tag in lone]:
        kept = [token for token in kept if token not in lone]  # one is missing or they cross: to the edges with them
    there = {token for token in kept if isinstance(token, Tag)}
    front = [tag for tag in wanted if tag in lone and tag.form is Form.CLOSE and tag not in there]
    back = [tag for tag in wanted if tag.form in (Form.EMPTY, Form.FIXED) and tag not in there]
    last = [tag for tag in wanted if tag in lone and tag.form is Form.OPEN and tag not in there]
    apart = " " if any(tag.form is Form.FIXED for tag in back) else ""
    return "".join(map(str, (*front, *kept, apart, *back, *last)))


def respelled(source: str, target: str) -> str:
    """The target with placeholders as they are written, where nothing else is wrong with them; else as it is."""
    if not problem(source, target):
        return target
    near = _respelled(source, target)
    return target if problem(source, near) else near


def _respelled(source: str, target: str) -> str:
    """The target in which what is nearly a placeholder of the source is one."""
    numbers = {(tag.form is Form.EMPTY, tag.form is Form.FIXED, tag.number) for tag in tags(source)}

    def meant(match: re.Match[str]) -> str:
        kind = match["kind"].lower()
        known = (kind == "x", kind == "ph", int(match["number"])) in numbers
        return _spelled(match) if known and match[0] not in source else match[0]

    return _NEAR.sub(meant, target)


def _spelled(match: re.Match[str]) -> str:
    kind, number = match["kind"].lower(), int(match["number"])
    return f"<x{number}/>" if kind == "x" else f"<{match['slash']}{kind}{number}>"


def _once(tokens: Sequence[Token], wanted: Sequence[Tag]) -> list[Token]:
    """Text, and each tag of the source where it stands first; fixed words are the source's own again."""
    fixed = {tag.number: tag for tag in wanted if tag.form is Form.FIXED}
    left = set(wanted)
    kept: list[Token] = []
    for token in tokens:
        if isinstance(token, Tag):
            own = fixed.get(token.number, token) if token.form is Form.FIXED else token
            if own not in left:
                # Words that were no placeholder's of the source may hold what reads as one.
                kept += [escape(bare(STRAY.sub("", token.shown)))] if token.form is Form.FIXED and token.shown else []
                continue
            left.discard(own)
            kept.append(own)
        else:
            kept.append(STRAY.sub("", token))
    return kept


def _nested(tokens: Sequence[Token], lone: set[Tag]) -> list[Token]:
    """Without the halves whose partner is missing or on the other side of another pair's end."""
    stack: list[int] = []
    opened: set[int] = set()
    whole: set[int] = set()
    for token in tokens:
        if not isinstance(token, Tag) or token in lone:
            continue
        if token.form is Form.OPEN:
            stack.append(token.number)
            opened.add(token.number)
        elif token.form is Form.CLOSE and token.number in opened:
            while (crossing := stack.pop()) != token.number:
                opened.discard(crossing)
            opened.discard(token.number)
            whole.add(token.number)
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        if not isinstance(token, Tag) or token.form in (Form.EMPTY, Form.FIXED):
            kept.append(token)
        elif token in lone:
            kept += [] if depth else [token]  # inside a pair: it goes to the edge
        elif token.number in whole:
            depth += 1 if token.form is Form.OPEN else -1
            kept.append(token)
    return kept
