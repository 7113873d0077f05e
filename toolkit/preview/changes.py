"""Which sentences of a release are not as they were."""

from __future__ import annotations

from toolkit.edition import Edition, Pair


def changed_sentences(old: Edition | None, new: Edition) -> tuple[str, ...]:
    """Ids of the sentences that a reader would find changed, in order; () where there was nothing to compare with.

    A sentence that only moved (its paragraph has another number now) is none of them.
    """
    if old is None:
        return ()
    before, after = [_content(pair) for pair in old.pairs], [_content(pair) for pair in new.pairs]
    known = set(before)
    return tuple(
        pair.segment.id
        for at, pair in enumerate(new.pairs)
        if after[at] not in known and (at >= len(before) or before[at] != after[at])
    )


def _content(pair: Pair) -> tuple[object, ...]:
    score = pair.provenance.score if pair.provenance else None
    is_led = bool(pair.lead)
    return pair.segment.text, pair.target, pair.state, pair.previous, pair.problem, is_led, pair.parts, score
