"""English from another file as a catalogue has it: with the placeholders of its French.

Where both files mark the same things (links to the same address, as much in bold type, as many notes) their order says
which is which. Where they do not, the placeholders are put at the words that they belong to, as for a draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.beads import BOUNDARY, mark_of, parts
from toolkit.jobs.existing import Sentence, Span
from toolkit.mending import problem
from toolkit.model import Code, Role
from toolkit.placeholders import Form, Tag, difference, escape, tags
from toolkit.translation.tags import put_back


@dataclass(frozen=True, slots=True)
class Wording:
    """A msgstr, and what a reviewer should know of it: nothing where it is as sure as the match."""

    target: str
    remarks: tuple[str, ...] = ()


def worded(msgid: str, codes: Mapping[int, Code], english: Sequence[Sentence]) -> Wording | None:
    """The msgstr of a French sentence that some English ones say together.

    Args:
        msgid: the French as the catalogue holds it.
        codes: what its placeholders are, by their numbers in it.
        english: one or more sentences, in order.

    Returns:
        None where the English cannot stand in a catalogue: it would be read as a mark.
    """
    for joint in (f" {BOUNDARY} ", " ") if len(english) > 1 else ("",):
        text, spans = _joined(english, joint)
        for made in (_as_marked(msgid, codes, text, spans), _as_placed(msgid, text)):
            if made and _is_sound(msgid, made.target, len(english) if joint.strip() else 1):
                return made
    return None


def _joined(english: Sequence[Sentence], joint: str) -> tuple[str, list[Span]]:
    text, spans = "", []
    for sentence in english:
        text += joint if text else ""
        spans += [replace(one, start=one.start + len(text), end=one.end + len(text)) for one in sentence.spans]
        text += sentence.text
    return text, spans


def _is_sound(msgid: str, target: str, wanted: int) -> bool:
    """Whether a msgstr says what is meant: the placeholders of its French, so many sentences, and no mark."""
    found = parts(msgid, target)
    whole = all(_is_balanced(part) for part in found)
    return not problem(msgid, target) and len(found) == wanted and whole and mark_of(target) is None


def _is_balanced(part: str) -> bool:
    given = tags(part)
    opened = {tag.number for tag in given if tag.form is Form.OPEN}
    return opened == {tag.number for tag in given if tag.form is Form.CLOSE}


def _as_placed(msgid: str, text: str) -> Wording:
    placed = put_back(msgid, text)
    return Wording(placed.text, placed.remarks)


def _as_marked(msgid: str, codes: Mapping[int, Code], text: str, spans: Sequence[Span]) -> Wording | None:
    """The English with the placeholders of the French in place of its own; None where they are not the same things."""
    wanted = [tag for tag in tags(msgid) if tag.form is not Form.CLOSE]
    if not wanted:
        return None
    partners = _partners(wanted, codes, spans)
    if partners is None:
        return None
    target = _written(text, partners)
    return None if difference(msgid, target) else Wording(target)


def _partners(wanted: Sequence[Tag], codes: Mapping[int, Code], spans: Sequence[Span]) -> list[tuple[Tag, Span]] | None:
    """For each French placeholder the English markup that is the same thing; None where there is not one for each."""
    groups: dict[tuple[Form, Role], list[Tag]] = {}
    for tag in wanted:
        groups.setdefault((tag.form, _role(codes, tag)), []).append(tag)
    found: list[tuple[Tag, Span]] = []
    for (form, role), group in groups.items():
        same = [span for span in spans if (span.form, span.role) == (form, role)]
        if len(same) != len(group) or (role is Role.OTHER and form is not Form.EMPTY and len(group) > 1):
            return None
        hrefs = [codes[tag.number].href if tag.number in codes else "" for tag in group]
        if len(set(hrefs)) == len(hrefs) and set(hrefs) == {span.href for span in same}:
            same.sort(key=lambda span: hrefs.index(span.href))
        found += zip(group, same, strict=True)
    return found


def _role(codes: Mapping[int, Code], tag: Tag) -> Role:
    code = codes.get(tag.number)
    return code.role if code else Role.OTHER


def _written(text: str, partners: Sequence[tuple[Tag, Span]]) -> str:
    """English with tags: what opens first at a place is what closes last."""
    out, at = "", 0
    events: list[tuple[int, int, int, str, int]] = []
    for number, (tag, span) in enumerate(partners):
        if tag.form is Form.OPEN:
            events.append((span.start, 2, -span.end, f"<g{tag.number}>", span.start))
            events.append((span.end, 0, -span.start, f"</g{tag.number}>", span.end))
        else:
            events.append((span.start, 1, number, str(tag), span.end))
    for start, _, _, written, end in sorted(events, key=lambda event: event[:3]):
        out += escape(text[at:start]) + written
        at = max(at, end)
    return out + escape(text[at:])
