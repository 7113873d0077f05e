"""Runs of a paragraph → text with placeholders: what DOCX and ODT share.

Office programs cut text into runs wherever anything differs, seen or unseen. A reader lists what a paragraph holds as
``Atom``s, each with the ``Run`` it stands in. Here runs that look the same become one, the look that most of the
paragraph has becomes its own, and every other look a pair ``<g1>…</g1>`` without bytes of its own: new text is written
in whole runs, each with the properties of its look.

The result depends on what the atoms say and never on where runs were cut: a file written back with new runs reads the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from toolkit.formats.flow import Flow, Wrap
from toolkit.formats.office.xml import Node
from toolkit.model import Code, Role

_NO_CODE = Code(0)
#: What a generator gives to have something inside its paragraph walked before it goes on.
Walk = Iterator["Walk"]


@dataclass(frozen=True, slots=True)
class Run:
    """What text in one run has in common.

    Attributes:
        look: how it looks: runs with equal looks are one.
        wrap: what stands around its text when it is written anew.
        shell: the same around what is no text (a line break).
        roles: what its look says to a reader.
        inked: white space in it shows: it is underlined, or on a coloured ground.
    """

    look: Hashable
    wrap: Wrap
    shell: Wrap
    roles: frozenset[Role] = frozenset()
    inked: bool = False


#: A translatable value inside an atom: where it begins and ends, what it means, its label, how it is spelled.
Value = tuple[int, int, str, str, str]


class Kind(Enum):
    """What an atom tells the flow."""

    TEXT = auto()
    EMPTY = auto()
    FIXED = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(slots=True)
class Atom:
    """A stretch of a paragraph's source. What stands between atoms (tags of runs, spelling marks) is not kept.

    Attributes:
        text: of text, or what is shown of FIXED words.
        run: None for what stands outside of runs.
        name: of a pair; OPEN and CLOSE have the same.
        mark: of bookmarks and the like, which may cross anything.
        scope: of an OPEN: text in it has a look of its own, not that of the paragraph (a link).
        slots: translatable values inside: start, end, what they mean, label, style.
        inside: walks the blocks inside, up to the offset it is given; None when there are none.
        inner: where the first of them begins; of text, where its characters begin in the source.
        close: of text, where its characters end.
        number: of its scope, once that is known.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    code: Code = _NO_CODE
    run: Run | None = None
    name: str = ""
    mark: bool = False
    scope: bool = False
    slots: Sequence[Value] = ()
    inside: Callable[[], Walk] | None = None
    inner: int = 0
    close: int = 0
    number: int = 0

    @property
    def weighs(self) -> bool:
        """Whether its look counts: white space has none that is seen."""
        return self.kind is Kind.TEXT and (bool(self.text.strip()) or bool(self.run and self.run.inked))


#: Roles in the order in which one is chosen where a look has several.
_ROLES = (
    Role.CODE,
    Role.SUPERSCRIPT,
    Role.SUBSCRIPT,
    Role.STRIKE,
    Role.STRONG,
    Role.EMPHASIS,
    Role.UNDERLINE,
)


def walked(walk: Walk) -> None:
    """Go through a walk and all that it gives, without recursion."""
    stack = [walk]
    while stack:
        inner = next(stack[-1], None)
        if inner is None:
            stack.pop()
        else:
            stack.append(inner)


class Paragraph:
    """The atoms of one paragraph, settled.

    Args:
        atoms: in the order of the source.
        source: of the part, for parting white space from words.
        plain: the run that new text gets where the paragraph has none.
    """

    def __init__(self, atoms: Sequence[Atom], source: str, plain: Run) -> None:
        self._atoms = _settled(_parted(atoms, source))
        self._runs = _shortest(self._atoms)
        self._scopes, bases = _bases(self._atoms)
        everything = next((base for base in bases if base is not None), None)
        self.base = bases[0] or everything or plain
        self._bases = [self.base, *bases[1:]]

    @property
    def wrap(self) -> Wrap:
        """Of the paragraph's own look."""
        return self._wrap(self.base)

    def tell(self, flow: Flow, at: int) -> Walk:
        """Tell a flow, which is at offset ``at``, all of it; yields what has to be walked on the way."""
        open_look: Run | None = None
        pairs = 0
        for atom, scope, run in self._looks():
            base = self._bases[scope]
            wanted = run if run is not None and (base is None or run.look != base.look) else None
            if (open_look.look if open_look else None) != (wanted.look if wanted else None):
                if open_look is not None:
                    flow.close(at, f"look {pairs}")
                if wanted is not None:
                    pairs += 1
                    flow.open(at, f"look {pairs}", Code(0, _role(wanted, base)), self._wrap(wanted))
                open_look = wanted
            flow.text(atom.start, "")
            yield from self._atom(flow, atom)
            at = atom.end
        if open_look is not None:
            flow.close(at, f"look {pairs}")

    def _wrap(self, run: Run) -> Wrap:
        return self._runs.get(run.look, run).wrap

    def _looks(self) -> Iterator[tuple[Atom, int, Run | None]]:
        """Each atom with its scope and its run; None for what has the look of its scope."""
        atoms = self._atoms
        following: list[Run | None] = [None] * len(atoms)
        after: Run | None = None
        for index in range(len(atoms) - 1, -1, -1):
            atom = atoms[index]
            if atom.kind in (Kind.OPEN, Kind.CLOSE):
                after = None
            elif atom.weighs:
                after = atom.run
            following[index] = after
        before: Run | None = None
        for atom, scope, later in zip(atoms, self._scopes, following, strict=True):
            if atom.kind in (Kind.OPEN, Kind.CLOSE):
                before = None
                yield atom, scope, None
            elif atom.weighs:
                before = atom.run
                yield atom, scope, atom.run
            else:  # between two stretches of the same look it belongs to them
                yield atom, scope, before if before and later and before.look == later.look else None

    def _atom(self, flow: Flow, atom: Atom) -> Walk:
        for start, end, text, label, style in atom.slots:
            flow.attribute(start, end, text, label, style)
        shell = atom.run.shell if atom.run else ("", "")
        if atom.kind is Kind.TEXT:
            flow.text(atom.end, atom.text)
        elif atom.kind is Kind.FIXED:
            flow.fixed(atom.end, atom.text, atom.code, shell)
        elif atom.kind is Kind.OPEN:
            scope = self._bases[atom.number] if atom.scope else None
            flow.open(atom.end, atom.name, atom.code, self._wrap(scope) if scope else None, shell)
        elif atom.kind is Kind.CLOSE:
            flow.close(atom.end, atom.name)
        elif atom.inside is None:
            flow.empty(atom.end, atom.code, shell)
        else:
            flow.nest(atom.inner, atom.code, shell)
            yield atom.inside()
            flow.unnest(atom.end)


def without_edges(
    children: Sequence[Node], held: Sequence[Atom], outer: Collection[str]
) -> tuple[int, int, Sequence[Atom]]:
    """A paragraph without the marks around its content: its first and last child that matter, and its atoms.

    Marks that begin or end inside the content belong to it, and then all do. What stands at an edge inside another
    element that is not kept (a tracked insertion) goes with it when the paragraph is translated.

    Args:
        children: of the paragraph.
        held: its atoms.
        outer: names of the children that may stay outside.
    """
    lead, tail = 0, len(held)
    while lead < tail and held[lead].mark:
        lead += 1
    while tail > lead and held[tail - 1].mark:
        tail -= 1
    inside = {atom.name for atom in held[lead:tail] if atom.mark}
    if any(atom.name in inside for atom in (*held[:lead], *held[tail:])):
        return 0, len(children), held
    first, last = 0, len(children)
    while first < last and children[first].name in outer:
        first += 1
    while last > first and children[last - 1].name in outer:
        last -= 1
    return first, last, held[lead:tail]


def _parted(atoms: Sequence[Atom], source: str) -> Iterator[Atom]:
    """White space at the edges of a run parted from its words: people set "word " in bold and mean "word"."""
    for atom in atoms:
        core = atom.text.strip(" ")
        if atom.kind is not Kind.TEXT or not core or core == atom.text or (atom.run and atom.run.inked):
            yield atom
            continue
        lead, _, tail = atom.text.partition(core)
        first, last = atom.inner + len(lead), atom.close - len(tail)
        if source[atom.inner : first] != lead or source[last : atom.close] != tail or first > last:
            yield atom
            continue
        if lead:
            yield replace(atom, end=first, text=lead)
        yield replace(atom, start=first if lead else atom.start, end=last if tail else atom.end, text=core)
        if tail:
            yield replace(atom, start=last, text=tail)


def _settled(atoms: Iterator[Atom]) -> list[Atom]:
    """Pairs that cross another one stand alone, both halves; what elements hold always nests (it is XML)."""
    out = list(atoms)
    stack: list[int] = []
    for index, atom in enumerate(out):
        if atom.kind is Kind.OPEN:
            stack.append(index)
        elif atom.kind is Kind.CLOSE:
            if stack and out[stack[-1]].name == atom.name:
                stack.pop()
            elif atom.scope:  # the end of an element: markers opened in it have crossed it
                while stack and out[stack[-1]].name != atom.name:
                    out[stack[-1]].kind = Kind.EMPTY
                    stack.pop()
                if stack:
                    stack.pop()
            else:
                atom.kind = Kind.EMPTY
    for index in stack:
        out[index].kind = Kind.EMPTY
    opened = {atom.name for atom in out if atom.kind is Kind.OPEN}
    for atom in out:
        if atom.kind is Kind.CLOSE and atom.name not in opened:
            atom.kind = Kind.EMPTY
    return out


def _shortest(atoms: Sequence[Atom]) -> dict[Hashable, Run]:
    """For each look the run that says it with the fewest characters, the first of several."""
    found: dict[Hashable, Run] = {}
    for atom in atoms:
        if atom.run is not None and atom.weighs:
            known = found.get(atom.run.look)
            if known is None or sum(map(len, atom.run.wrap)) < sum(map(len, known.wrap)):
                found[atom.run.look] = atom.run
    return found


def _bases(atoms: Sequence[Atom]) -> tuple[list[int], list[Run | None]]:
    """For each atom its scope (an OPEN is outside of its own), and for each scope the look most of its text has."""
    scopes: list[int] = []
    weights: list[dict[Hashable, int]] = [{}]
    runs: dict[Hashable, Run] = {}
    stack: list[tuple[str, int]] = [("", 0)]
    for atom in atoms:
        if atom.kind is Kind.CLOSE and stack[-1][0] == atom.name:
            stack.pop()
        scope = stack[-1][1]
        scopes.append(scope)
        if atom.kind is Kind.OPEN:
            if atom.scope:
                atom.number = len(weights)
                weights.append({})
                stack.append((atom.name, len(weights) - 1))
            else:
                stack.append((atom.name, scope))
        elif atom.run is not None and atom.weighs:
            runs.setdefault(atom.run.look, atom.run)
            weights[scope].setdefault(atom.run.look, 0)
            weights[scope][atom.run.look] += len("".join(atom.text.split()))
    bases = [runs[max(weight, key=lambda look: weight[look])] if weight else None for weight in weights]
    return scopes, bases


def _role(run: Run, base: Run | None) -> Role:
    """What a look says that the look around it does not."""
    new = run.roles - (base.roles if base else frozenset())
    return next((role for role in _ROLES if role in new), Role.OTHER)
