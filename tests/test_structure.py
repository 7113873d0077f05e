"""The tree of an edition, the grid of its tables, and what stands inside its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edition_sample import M, R, sample
from tests.marked_sample import IMAGES, MARKED, Marked, any_edition, any_table, marked
from toolkit.edition import Edition
from toolkit.editions import images_of
from toolkit.editions.inline import Reader, image_address, link_address, nested
from toolkit.editions.structure import clean, clean_lines, is_code, plain, title_of
from toolkit.editions.tables import WIDEST, Table, table_of
from toolkit.editions.tree import CELLS, DEEPEST, LISTS, Item, Leaf, Node, is_local, leaves, tree_of
from toolkit.model import Block, BlockKind, Code, Container, Frame, Role
from toolkit.placeholders import Form

P = BlockKind.PARAGRAPH


def shape(items: Iterable[Item]) -> str:
    """Items as "list(item(p1) item(p2))"."""
    return " ".join(
        item.block.block.id if isinstance(item, Leaf) else f"{item.frame.value}({shape(item.items)})" for item in items
    )


def block(*frames: Frame, kind: BlockKind = P, names: str = "", **given: object) -> Marked:
    """A block within containers: named by the words of ``names``, or c0, c1 …"""
    ids = names.split() or [f"c{at}" for at in range(len(frames))]
    within = tuple(Container(name, frame) for name, frame in zip(ids, frames, strict=True))
    return Marked(kind, (("Mot.", "Word.", R),), within=within, **given)  # type: ignore[arg-type]


# -- tree ---------------------------------------------------------------------------------------------------------


def test_neighbours_share_what_they_have_in_common() -> None:
    listing, item, inner = Frame.LIST, Frame.ITEM, Frame.ORDERED_LIST
    edition = marked(
        (
            block(listing, item, names="c1 c2"),
            block(listing, item, inner, item, names="c1 c2 c3 c4"),
            block(listing, item, names="c1 c2"),
            block(listing, item, names="c1 c5"),
            block(listing, item, names="c6 c7"),
        )
    )
    assert shape(tree_of(edition).items) == "list(item(p1 ordered-list(item(p2)) p3) item(p4)) list(item(p5))"


def test_lists_and_quotations_of_plain_text_end_in_the_same_nodes() -> None:
    items = tree_of(sample()).items
    assert "quote(p5 p6) p7 p8 list(item(p9) item(p10) item(p11)) p12" in shape(items)
    (listing,) = (item for item in items if isinstance(item, Node) and item.frame in LISTS)
    assert [item.marker for item in listing.items if isinstance(item, Node)] == ["-", "-", "-"]


@pytest.mark.parametrize(
    ("frames", "wanted"),
    [
        ((Frame.ITEM,), "list(item(p1))"),
        ((Frame.LIST,), "list(item(p1))"),
        ((Frame.CELL,), "p1"),
        ((Frame.ROW, Frame.CELL), "p1"),
        ((Frame.TABLE, Frame.CELL), "table(row(cell(p1)))"),
        ((Frame.TABLE, Frame.ROW), "table(row(cell(p1)))"),
        ((Frame.TABLE,), "table(p1)"),
        ((Frame.TABLE, Frame.LIST, Frame.ROW, Frame.CELL), "table(list(item(p1)))"),
        ((Frame.NOTE,), "note(p1)"),
    ],
)
def test_what_the_source_leaves_out_is_supplied(frames: tuple[Frame, ...], wanted: str) -> None:
    assert shape(tree_of(marked((block(*frames),))).items) == wanted


def test_numbers_of_an_ordered_list() -> None:
    (numbers,) = (
        item for item in tree_of(marked()).items if isinstance(item, Node) and item.frame is Frame.ORDERED_LIST
    )
    assert [item.marker for item in numbers.items if isinstance(item, Node)] == ["3.", "4."]


def test_containers_end_where_the_readers_limit_is() -> None:
    frames = [Frame.QUOTE] * 500
    (item,) = tree_of(marked((block(*frames),))).items
    assert shape((item,)).count("quote") == DEEPEST


def well_built(items: Iterable[Item], parent: Frame | None = None) -> bool:
    frames = [item.frame if isinstance(item, Node) else None for item in items]
    if parent in LISTS:
        fits = all(frame is Frame.ITEM for frame in frames)
    elif parent is Frame.ROW:
        fits = all(frame in CELLS for frame in frames)
    elif parent is Frame.TABLE:
        fits = not {Frame.ITEM, *CELLS} & set(frames)
    else:
        fits = not {Frame.ITEM, Frame.ROW, *CELLS} & set(frames)
    return fits and all(item.items and well_built(item.items, item.frame) for item in items if isinstance(item, Node))


@settings(max_examples=40, deadline=None)
@given(any_edition())
def test_every_block_is_in_the_tree_once_and_in_order(edition: Edition) -> None:
    tree = tree_of(edition)
    order = {each.block.id: at for at, each in enumerate(edition.blocks)}
    assert Counter(each.block.id for each in tree.blocks()) == dict.fromkeys(order, 1)
    for items in (tree.items, *(note.items for note in tree.notes)):
        places = [order[each.block.id] for each in leaves(items)]
        assert places == sorted(places)
        assert well_built(items)
    assert [each.block.kind for each in tree.attributes] == [
        each.block.kind for each in edition.blocks if each.block.kind is BlockKind.ATTRIBUTE
    ]


# -- notes --------------------------------------------------------------------------------------------------------


def test_notes_that_a_mark_leads_to_stand_apart_and_others_where_they_are() -> None:
    tree = tree_of(marked())
    assert [(note.number, note.label, shape(note.items)) for note in tree.notes] == [
        (1, "1", "p5"),
        (2, "*", "p32 p33"),
    ]
    assert tree.marks == {("p4", 3): 1, ("p4", 6): 2, ("p33", 1): 1}
    assert "note(p31)" in shape(tree.items)


def test_a_note_within_a_note_is_its_own() -> None:
    def mark(*blocks: str) -> tuple[Code, ...]:
        return (Code(1, Role.NOTE, blocks=blocks),)

    edition = marked(
        (
            Marked(P, (("a<x1/>", "a<x1/>", R),), mark("p2", "p3")),
            Marked(P, (("b<x1/>", "b<x1/>", R),), mark("p3")),
            Marked(P, (("c<x1/>", "c<x1/>", R),), mark("p3")),  # and one that leads to itself
        )
    )
    tree = tree_of(edition)
    assert [(note.label, shape(note.items)) for note in tree.notes] == [("1", "p2"), ("2", "p3")]
    assert tree.marks == {("p1", 1): 1, ("p2", 1): 2}


def test_a_note_in_a_cell_leaves_the_table() -> None:
    within = (Container("c1", Frame.TABLE), Container("c2", Frame.ROW), Container("c3", Frame.CELL))
    blocks = (
        Marked(P, (("a<x1/>", "a<x1/>", R),), (Code(1, Role.NOTE, blocks=("p2",), label="ref-name"),), within),
        Marked(P, (("b", "b", M),), within=within),
    )
    tree = tree_of(marked(blocks))
    assert (shape(tree.items), shape(tree.notes[0].items)) == ("table(row(cell(p1)))", "p2")
    assert tree.notes[0].label == "1"  # a name is not printed


# -- tables -------------------------------------------------------------------------------------------------------


def the_table(edition: Edition) -> Table:
    (node,) = (item for item in tree_of(edition).items if isinstance(item, Node) and item.frame is Frame.TABLE)
    return table_of(node)


def drawn(table: Table) -> list[str]:
    """A line for each row: the number of each cell's block, "." for an empty one, with what it spans."""
    return [
        " ".join(
            (cell.items[0].block.block.id if cell.items and isinstance(cell.items[0], Leaf) else ".")
            + (f"→{cell.columns}" if cell.columns > 1 else "")
            + (f"↓{cell.rows}" if cell.rows > 1 else "")
            for cell in row
        )
        for row in table.rows
    ]


def test_a_table_keeps_its_empty_cells_and_spans() -> None:
    table = the_table(marked())
    assert drawn(table) == ["p13↓2 p14→2", "p15 p16", "p17 . p18", "p19 p20 p21"]
    assert (table.columns, table.head, shape(table.captions)) == (3, 2, "p12")


@settings(max_examples=60, deadline=None)
@given(any_table())
def test_every_place_of_a_table_is_taken_once(edition: Edition) -> None:
    table = the_table(edition)
    taken = Counter(
        (row, column)
        for at, cells in enumerate(table.rows)
        for cell in cells
        for row in range(at, at + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    )
    assert taken == {(row, column): 1 for row in range(len(table.rows)) for column in range(table.columns)}
    shown = [each.block.id for row in table.rows for cell in row for each in leaves(cell.items)]
    assert shown == [each.block.id for each in edition.blocks]


def test_a_hostile_table_is_not_filled_up() -> None:
    blocks = tuple(
        Marked(P, (("x", "x", R),), within=(Container("t", Frame.TABLE), Container(f"r{n}", Frame.ROW),
                                            Container(f"c{n}", Frame.CELL, column=n * 1000, columns=10**9, rows=10**9)))
        for n in range(WIDEST + 1)
    )  # fmt: skip
    assert sum(map(len, the_table(marked(blocks)).rows)) == WIDEST + 1


# -- inside a sentence --------------------------------------------------------------------------------------------


def written(reader: Reader, *stretches: str) -> str:
    """Each stretch in brackets, its markup as "b{words}"."""
    out = ""
    for stretch in stretches:
        depth = 0
        out += "["
        for stay, opened, run in nested(reader.read(stretch)):
            out += "}" * (depth - stay) + "".join(f"{code.role.value[0]}{{" for code in opened)
            out += run.text or f"({run.code.role.value if run.code else ''})"
            depth = stay + len(opened)
        out += "}" * depth + "]"
    return out


def reader_of(*roles: Role, **given: str) -> Reader:
    codes = tuple(Code(number, role, href="https://a.example/", **given) for number, role in enumerate(roles, 1))  # type: ignore[arg-type]
    return Reader(Block("p1", P, "", codes=codes), lambda code: link_address(code.href))


@pytest.mark.parametrize(
    ("roles", "stretches", "wanted"),
    [
        ((Role.STRONG,), ("a <g1>b.", " ", "c</g1> d."), "[a s{b.}][s{ }][s{c} d.]"),
        ((Role.STRONG, Role.EMPHASIS), ("<g1>a <g2>b</g1> c</g2> d",), "[s{a e{b}}e{ c} d]"),
        ((Role.STRONG, Role.STRONG), ("<g1>a<g2>b</g2>c</g1>d",), "[s{abc}d]"),
        ((Role.OTHER,), ("a<g1>b</g1>",), "[ab]"),
        ((Role.LINK, Role.NOTE), ("<g1>a<x2/>b</g1><x2/>",), "[l{a}(note)l{b}]"),
        ((Role.STRONG,), ("</g1>a<g1>",), "[a]"),
        ((Role.OTHER,), ("Port<x1/>nord, <x1/>sud",), "[Port nord, sud]"),
        ((Role.FOREIGN,), ("<g1>a</g1>",), "[a]"),  # of no known language
        ((Role.STRONG, Role.IMAGE), ("<g1><x2/></g1>",), "[s{(image)}]"),
        ((), ("a<g7>b</g7><x8/>",), "[ab]"),
    ],
)
def test_markup_is_well_nested_whatever_the_sentences_do(
    roles: tuple[Role, ...], stretches: tuple[str, ...], wanted: str
) -> None:
    assert written(reader_of(*roles), *stretches) == wanted


def test_deep_markup_is_shallow_and_quick() -> None:
    roles = [Role.STRONG, Role.EMPHASIS] * 5_000
    text = "".join(f"<g{number}>a" for number in range(1, 10_001))
    runs = list(reader_of(*roles).read(text))
    assert max(len(run.within) for run in runs) == 2


@settings(max_examples=40, deadline=None)
@given(any_edition())
def test_words_are_those_of_the_sentence(edition: Edition) -> None:
    around = {Role.STRONG, Role.EMPHASIS, Role.LINK, Role.CODE, Role.FOREIGN, Role.OTHER}
    for each in edition.blocks:
        codes = {code.number for code in each.block.codes if code.role in around and not code.label}
        reader = Reader(each.block, lambda code: link_address(code.href))
        for pair in each.pairs:
            runs = list(reader.read(pair.segment.text))
            numbers = {int(number) for number in re.findall(r"<(?:g|x|ph)(\d)[>/]", pair.segment.text)}
            if numbers <= codes:
                assert " ".join("".join(run.text for run in runs).split()) == " ".join(plain(pair.segment.text).split())


def test_fixed_words_and_entities_are_shown() -> None:
    reader = reader_of(Role.CODE, Role.OTHER, label="&nom;")
    runs = [run for run in reader.read("Le <ph1>a<\\g1>b</ph1> de <x2/>.") if run.code]
    assert [(run.text, run.form) for run in runs] == [("a<g1>b", Form.FIXED), ("&nom;", Form.FIXED)]


# -- values from sources ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("https://oetp.example/a b?c=é#d e", "https://oetp.example/a%20b?c=%C3%A9#d%20e"),
        (" HTTPS://oetp.example\n/x ", "https://oetp.example/x"),
        ("//oetp.example/x", "https://oetp.example/x"),
        ("https://évreux.example/100%/%41", "https://xn--vreux-9ra.example/100%25/%41"),
        ("https://oetp.example:8443/x#y#z", "https://oetp.example:8443/x#y%23z"),
        ("mailto:presse@oetp.example", "mailto:presse@oetp.example"),
        ("tel:+33 1 23", "tel:+33%201%2023"),
        ("https://oetp.example\\@evil.example/", "https://oetp.example/@evil.example/"),
        *((href, "") for href in (
            "", "bilan.html", "../x", "#n1", "?q", "javascript:alert(1)", "JaVa\tScRiPt:alert(1)", "\x01javascript:x",
            "data:text/html,x", "file:///etc/passwd", "vbscript:x", "https:x", "http:///x", "https://u:p@a.example/",
            "https://a..example/", "https://[::1]/", "https://a.example:70000/", "https://-a.example/", "ftp://a.example/",
            "mailto:", "https://" + "é" * 300 + ".example/",
        )),
    ],
)  # fmt: skip
def test_links_by_an_allow_list(href: str, wanted: str) -> None:
    assert link_address(href) == wanted


_SAFE = re.compile(r"((https?)://[A-Za-z0-9.-]+(:\d+)?|mailto:|tel:)[\w.~!$&'()*+,;=:@/?%#-]*", re.ASCII)
_URLS = st.text() | st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["https://", "http://a", "//", "mailto:", "tel:"]),
    st.text(max_size=5),
    st.sampled_from("\\@/?#:."),
    st.text(),
)


@given(_URLS)
def test_no_link_is_anything_but_safe(href: str) -> None:
    for address in (link_address(href), image_address(href)):
        assert not set(address) & set(" \"<>'`\\\n\t") - {"'"}
        assert address.isascii()
    assert link_address(href) == "" or _SAFE.fullmatch(link_address(href))
    assert "@" not in urlsplit(link_address(href)).netloc
    assert link_address(link_address(href)) == link_address(href)


@pytest.mark.parametrize(
    ("href", "local", "named"),
    [
        ("images/a b.png", True, "images/a%20b.png"),
        ("word/media/image1.png", True, "word/media/image1.png"),
        ("https://a.example/x.png", False, "https://a.example/x.png"),
        ("//a.example/x.png", False, "https://a.example/x.png"),
        ("data:image/png;base64,x", False, ""),
        ("C:\\x.png", False, ""),
        ("\\\\host\\x.png", False, ""),
        ("", False, ""),
    ],
)
def test_images_beside_the_source(href: str, local: bool, named: str) -> None:
    assert (is_local(href), image_address(href)) == (local, named)


def test_images_wanted_in_order_and_once() -> None:
    assert images_of(marked()) == (*IMAGES, "schema.svg")
    assert images_of(marked(MARKED + MARKED)) == images_of(marked())


# -- texts --------------------------------------------------------------------------------------------------------


@given(st.text())
def test_lines_are_kept_where_they_count(text: str) -> None:
    assert clean_lines(text).split("\n") == [*map(clean, re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text))]


def test_code_by_its_readers_label_or_its_markup() -> None:
    def of(text: str, label: str = "", kind: BlockKind = BlockKind.VERBATIM) -> bool:
        edition = marked((Marked(kind, ((text, text, R),), (Code(1, Role.CODE),), label=label),))
        return is_code(edition.blocks[0])

    assert of("a\nb", "code")
    assert of("<g1>a\nb</g1>\n")
    assert of("<ph1>a</ph1>")
    assert not of("voir <ph1>a</ph1>")
    assert not of("a\nb")
    assert not of("<ph1>a</ph1>", "code", P)


def test_a_title_is_the_first_heading_with_words_and_never_a_text_outside_the_flow() -> None:
    assert title_of(marked()).source == "Contrôles dans les ports\u00a0: un bilan contrasté"
    logo = Marked(BlockKind.HEADING, (("<x1/>", "<x1/>", R),), (Code(1, Role.IMAGE, "logo.png"),), level=1)
    outside = Marked(BlockKind.ATTRIBUTE, (("Accueil", "Home", R),))
    said = Marked(P, (("Un <g1>mot</g1>.", "A <g1>word</g1>.", R),), (Code(1, Role.STRONG),))
    assert title_of(marked((outside, logo, said))).target == "A word."
    assert title_of(marked((outside, logo))).source == "Accueil"
