"""An invented release with all that markup can be, on both sides, in every state; and a short way to build others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.edition_sample import MT, OLD, F, M, R, U
from toolkit.edition import Edition, EditionBlock, Pair
from toolkit.editions.about import Picture
from toolkit.model import Block, BlockKind, Code, Container, Frame, Metadata, Origin, Release, Role, Segment, State
from toolkit.placeholders import escape
from toolkit.skeleton import Skeleton

V = State.VERBATIM
_PHOTO, _MISSING = "images/quai à Corvenne.jpg", "schema.svg"
#: For the sample's images: the first one is published, the second is not.
IMAGES = {_PHOTO: Picture("assets/2026-03-05-bilan/quai à Corvenne.jpg", b"", (1600, 1024))}

_LIST, _SUB, _NUMBERS = (
    Container("c1", Frame.LIST),
    Container("c4", Frame.LIST),
    Container("c8", Frame.ORDERED_LIST, start=3),
)
_ONE, _TWO, _INNER = (Container(f"c{number}", Frame.ITEM) for number in (2, 3, 5))
_QUOTE, _FIGURE, _GRID = Container("c6", Frame.QUOTE), Container("c7", Frame.FIGURE), Container("c20", Frame.TABLE)
_FOOT, _ASIDE = Container("c9", Frame.NOTE), Container("c10", Frame.NOTE)


def _cell(row: int, column: int, *, header: bool = False, columns: int = 1, rows: int = 1) -> tuple[Container, ...]:
    frame = Frame.HEADER_CELL if header else Frame.CELL
    name = f"c{100 + 10 * row + column}"
    return (_GRID, Container(f"c{30 + row}", Frame.ROW), Container(name, frame, column, columns, rows))


def _code(number: int, role: Role, href: str = "", blocks: str = "", label: str = "", language: str = "") -> Code:
    return Code(number, role, href, tuple(blocks.split()), label, language)


@dataclass(frozen=True)
class Marked:
    """A block of a marked-up release: French with placeholders, English with the same, state."""

    kind: BlockKind
    lines: tuple[tuple[str, str | None, State], ...]
    codes: tuple[Code, ...] = ()
    within: tuple[Container, ...] = ()
    level: int = 0
    language: str = ""
    label: str = ""
    gap: str = " "


K = BlockKind
#: Everything that inline markup and containers can be, with a little malice at the end.
MARKED = (
    Marked(K.ATTRIBUTE, (("Contrôles dans les ports", "Port inspections", R),), label="page title"),
    Marked(
        K.ATTRIBUTE, (("Ce que montre le bilan de l’OETP.", "What the EOPT’s review shows.", M),), label="description"
    ),
    Marked(
        K.HEADING,
        (
            (
                "Contrôles dans les ports\u00a0: un bilan <g1>contrasté</g1>",
                "Port inspections: a <g1>mixed</g1> picture",
                R,
            ),
        ),
        (_code(1, Role.EMPHASIS),),
        level=1,
    ),
    Marked(
        K.PARAGRAPH,
        (
            (
                "L’Observatoire (<g1>OETP</g1>) publie <g2>son bilan</g2><x3/>.",
                "The Observatory (<g1>EOPT</g1>) is publishing <g2>its review</g2><x3/>.",
                R,
            ),
            (
                "Il porte sur 46 ports et sur <g4>trois mois d’enquête.",
                "It covers 46 ports and <g4>three months of inquiry.",
                M,
            ),
            (
                "Les agents ont relevé 1 200 m<g5>3</g5> de fret</g4> non déclaré<x6/>.",
                "Officers recorded 1,200 m<g5>3</g5> of cargo</g4> that was not declared<x6/>.",
                F,
            ),
            ("Le fichier <ph7>bilan_2025.csv</ph7> suit la norme <ph8>port call</ph8>.", None, U),
        ),
        (
            _code(1, Role.STRONG),
            _code(2, Role.LINK, "https://oetp.example/bilan?annee=2025&lang=fr"),
            _code(3, Role.NOTE, blocks="p5", label="1"),
            _code(4, Role.STRONG),
            _code(5, Role.SUPERSCRIPT),
            _code(6, Role.NOTE, label="*"),
            _code(7, Role.CODE),
            _code(8, Role.FOREIGN, language="en"),
        ),
    ),
    Marked(
        K.PARAGRAPH,
        (("Bilan arrêté au <g1>31 décembre</g1>.", "Review as of <g1>31 December</g1>.", M),),
        (_code(1, Role.UNDERLINE),),
    ),
    Marked(K.HEADING, (("Ce qui change", "What is changing", M),), level=2),
    Marked(K.ITEM, (("des contrôles de nuit\u202f;", "night inspections;", M),), within=(_LIST, _ONE)),
    Marked(K.ITEM, (("deux équipes nouvelles\u00a0:", "two new teams:", M),), within=(_LIST, _TWO)),
    Marked(
        K.ITEM,
        (("l’une à <g1>Corvenne</g1>,", "one in <g1>Corvenne</g1>,", R),),
        (_code(1, Role.LINK, "/corvenne"),),
        within=(_LIST, _TWO, _SUB, _INNER),
    ),
    Marked(K.ITEM, (("troisième mesure.", "third measure.", R),), within=(_NUMBERS, Container("c11", Frame.ITEM))),
    Marked(K.ITEM, (("quatrième mesure.", None, U),), within=(_NUMBERS, Container("c12", Frame.ITEM))),
    Marked(K.CAPTION, (("Contrôles par port", "Inspections by port", M),), within=(_GRID,)),
    Marked(K.CELL, (("Port", "Port", R),), within=_cell(1, 0, header=True, rows=2)),
    Marked(K.CELL, (("Contrôles", "Inspections", R),), within=_cell(1, 1, header=True, columns=2)),
    Marked(K.CELL, (("de jour", "by day", M),), within=_cell(2, 1, header=True)),
    Marked(K.CELL, (("de nuit", "by night", M),), within=_cell(2, 2, header=True)),
    Marked(K.CELL, (("Corvenne", "Corvenne", R),), within=_cell(3, 0, header=True)),
    Marked(K.CELL, (("1 204", "1,204", M),), within=_cell(3, 2)),
    Marked(K.CELL, (("Vernay", "Vernay", R),), within=_cell(4, 0, header=True)),
    Marked(K.CELL, (("88", "88", M),), within=_cell(4, 1)),
    Marked(K.CELL, (("aucun", "none", R), ("Équipe en formation.", None, U)), within=_cell(4, 2)),
    Marked(K.PARAGRAPH, (("<x1/>", "<x1/>", V),), (_code(1, Role.IMAGE, _PHOTO, "p23"),), within=(_FIGURE,)),
    Marked(
        K.ATTRIBUTE,
        (("Deux agents ouvrent un conteneur sur un quai.", "Two officers open a container on a quay.", M),),
        label="alt",
    ),
    Marked(
        K.CAPTION,
        (("Contrôle à Corvenne, <g1>en mars</g1>.", "Inspection in Corvenne, <g1>in March</g1>.", M),),
        (_code(1, Role.EMPHASIS),),
        within=(_FIGURE,),
    ),
    Marked(
        K.PARAGRAPH,
        (
            ("Le circuit <x1/> compte quatre étapes.<x2/>", "The circuit <x1/> has four stages.<x2/>", R),
            (
                "Il est <g3>simplifié</g3>, dit-on, <g4>cette année</g4>.",
                "It is <g3>simplified</g3>, they say, <g4>this year</g4>.",
                M,
            ),
        ),
        (_code(1, Role.IMAGE, _MISSING, "p26"), _code(2, Role.BREAK), _code(3, Role.QUOTE), _code(4, Role.STRIKE)),
    ),
    Marked(K.ATTRIBUTE, (("Schéma du circuit", None, U),), label="alt"),
    Marked(K.QUOTE, (("«\u00a0Chaque port compte.", "“Every port counts.", R),), within=(_QUOTE,)),
    Marked(
        K.QUOTE, (("Le nôtre aussi\u00a0», a dit M. Prigent.", "So does ours,” Mr Prigent said.", M),), within=(_QUOTE,)
    ),
    Marked(K.VERBATIM, (('def port(n):\n    return n < 3 and "<b>"', "", V),), label="code"),
    Marked(K.VERBATIM, (("This paragraph was in English all along.", "", V),), language="en"),
    Marked(
        K.PARAGRAPH,
        (("À savoir\u00a0: le fichier est mis à jour le lundi.", "Note: the file is updated on Mondays.", M),),
        within=(_ASIDE,),
    ),
    Marked(
        K.PARAGRAPH,
        (("Fret non déclaré à l’arrivée.", "Cargo not declared on arrival.", M),),
        within=(_FOOT,),
        label="*",
    ),
    Marked(
        K.PARAGRAPH,
        (("Voir aussi la note<x1/>.", "See also the note<x1/>.", M),),
        (_code(1, Role.NOTE, blocks="p5"),),
        within=(_FOOT,),
        label="*",
    ),
    Marked(
        K.PARAGRAPH,
        (
            (
                "<g1>clic</g1> <g2>clic</g2> <g3>mèl</g3> <g4>image</g4> <x5/><x6/>",
                "<g1>click</g1> <g2>click</g2> <g3>mail</g3> <g4>image</g4> <x5/><x6/>",
                R,
            ),
        ),
        (
            _code(1, Role.LINK, "java\tscript:alert(1)"),
            _code(2, Role.LINK, '//evil.example/"><script>alert(1)</script>'),
            _code(3, Role.LINK, "mailto:presse@oetp.example?subject=Bilan 2025"),
            _code(4, Role.LINK, "https://a@b.example/"),
            _code(5, Role.IMAGE, 'https://pixel.example/p.gif?"onerror="alert(1)'),
            _code(6, Role.OTHER, label="&nom;"),
        ),
    ),
)


def marked(blocks: tuple[Marked, ...] = MARKED, *, name: str = "2026-03-05-bilan") -> Edition:
    """An edition of a marked-up release; English counts its placeholders as the block does."""
    made = []
    for number, each in enumerate(blocks, 1):
        last = len(each.lines)
        segments = tuple(
            Segment(
                f"p{number}s{at}", french, after=each.gap if at < last else "", origin=Origin(f"source/{name}.html", 1)
            )
            for at, (french, _, _) in enumerate(each.lines, 1)
        )
        block = Block(
            f"p{number}",
            each.kind,
            "".join(segment.text + segment.after for segment in segments),
            each.level,
            codes=each.codes,
            within=each.within,
            language=each.language,
            label=each.label,
            segments=segments,
        )
        made.append(EditionBlock(block, tuple(map(_pair_of, segments, each.lines))))
    release = Release(
        name,
        f"source/{name}.html",
        "fr",
        "Contrôles",
        Metadata("2026-03-05"),
        tuple(each.block for each in made),
        Skeleton("html", "utf-8", ()),
    )
    return Edition(release, "en", tuple(made))


def _pair_of(segment: Segment, line: tuple[str, str | None, State]) -> Pair:
    french, english, state = line
    target = french if state is V else english
    return Pair(
        segment, target, state, {M: MT, F: OLD}.get(state), "Un texte plus <g1>ancien</g1>." if state is F else ""
    )


# -- any release --------------------------------------------------------------------------------------------------

_HREFS = st.sampled_from(
    [
        "", "https://a.example/é?x=1#y", "HTTP://a.example", "javascript:alert(1)", "java\nscript:x", " data:a/b,x",
        "//b.example", "\\\\c\\d", "x.html", "#n1", "mailto:a@b.example", "tel:+33 1", "https://x@y.example", "http:y",
        "https://[::1]/", "https://a.example:99999/", "photo.png", "../x.png", 'a" onerror="b',
        "vbscript:x", "file:///etc",
    ]
)  # fmt: skip
_WORDS = st.text(st.sampled_from(" abé<>&\"'\n\u00a0\u2028\x0b\ufffe»«\u202e.!"), max_size=6)
_TAG = st.builds(
    lambda form, number, words: {
        "open": f"<g{number}>", "close": f"</g{number}>", "empty": f"<x{number}/>",
    }.get(form, f"<ph{number}>{escape(words)}</ph{number}>"),
    st.sampled_from(["open", "close", "empty", "fixed"]), st.integers(1, 4), _WORDS,
)  # fmt: skip
_TEXT = st.lists(_WORDS.map(escape) | _TAG, max_size=7).map("".join)
_NAMES = st.lists(st.integers(1, 6).map("p{}".format), max_size=2).map(tuple)
_LANGUAGES = st.sampled_from(["", "en", "de-CH", 'x"y', "fr"])
_LABELS = st.sampled_from(["", "1", "*", "alt", "code", "page title", "a-long-name", '"><b>'])
_CODES = st.builds(Code, st.just(0), st.sampled_from(Role), _HREFS, _NAMES, _LABELS, _LANGUAGES)
_FRAMES = st.sampled_from(Frame)
_SIZES = st.integers(0, 3)


@st.composite
def _lines(draw: st.DrawFn, kind: BlockKind) -> tuple[str, str | None, State]:
    state = draw(st.sampled_from([R, M, F, U])) if kind is not BlockKind.VERBATIM else V
    return draw(_TEXT), None if state is U else draw(_TEXT), state


@st.composite
def any_edition(draw: st.DrawFn) -> Edition:
    """An edition whose placeholders, codes and containers are at odds with each other in every way."""
    pool = [
        Container(f"c{number}", draw(_FRAMES), draw(_SIZES), draw(_SIZES), draw(_SIZES), draw(_SIZES))
        for number in range(1, draw(st.integers(1, 7)) + 1)
    ]
    blocks = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(BlockKind))
        codes = tuple(replace(draw(_CODES), number=number) for number in range(1, draw(st.integers(0, 4)) + 1))
        within = draw(st.lists(st.sampled_from(pool), max_size=5, unique_by=lambda container: container.id))
        lines = tuple(draw(st.lists(_lines(kind), min_size=1, max_size=3)))
        level = draw(st.integers(1, 4)) if kind is BlockKind.HEADING else 0
        blocks.append(Marked(kind, lines, codes, tuple(within), level, draw(_LANGUAGES), draw(_LABELS), draw(_TEXT)))
    return marked(tuple(blocks))


@st.composite
def any_table(draw: st.DrawFn) -> Edition:
    """An edition that is a table, with spans that overlap and columns that are missing."""
    grid = Container("c1", Frame.TABLE)
    blocks = []
    number = 1
    for row in range(draw(st.integers(1, 5))):
        line = Container(f"r{row}", Frame.ROW)
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            frame = draw(st.sampled_from([Frame.CELL, Frame.HEADER_CELL]))
            cell = Container(f"c{number}", frame, draw(st.integers(0, 6)), draw(_SIZES), draw(_SIZES))
            blocks.append(Marked(BlockKind.CELL, ((f"cellule {number}", "x", R),), within=(grid, line, cell)))
    return marked(tuple(blocks))
