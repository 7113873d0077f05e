"""The lists, the search files, feeds and site map: laws, limits, and what a reader of each relies on."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tests.edition_sample import EARLIER, F, M, R, U, build, matched, sample
from tests.links import broken
from tests.marked_sample import any_edition
from tests.running import ROOT, toolkit
from tests.site_sample import invented, publish_html
from toolkit.edition import Edition
from toolkit.editions import ReleaseSummary, SiteInfo, align, index, page, summary
from toolkit.editions.about import Picture, Theme
from toolkit.editions.listing import PER_PAGE
from toolkit.editions.search import encoded, search_files
from toolkit.editions.sitemap import MOST, SITEMAP, sitemaps
from toolkit.editions.structure import Counts, Standing
from toolkit.editions.summaries import LONGEST_LEAD, LONGEST_TITLE, in_listed_order, shortened
from toolkit.editions.vocabulary import DIGITS, LONGEST_WORD, fold, packed, sorted_words, unpacked, vocabulary
from toolkit.model import BlockKind, Metadata, State

SITE = SiteInfo(publisher="Vigie des estuaires", url="https://vigie.example/")
LISTS = ("index.html", "fr/index.html", "en/index.html")
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def tree(data: bytes) -> Any:
    return html.document_fromstring(data.decode())


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def of(*lines: tuple[str, str, State], name: str = "essai", date: str = "2020-02-29", place: str = "") -> Edition:
    """A release with a headline and, after it, one paragraph."""
    blocks = (
        (BlockKind.HEADING, 1, "", "", lines[:1]),
        *([(BlockKind.PARAGRAPH, 0, "", "", lines[1:])] if lines[1:] else []),
    )
    return align(*build(tuple(blocks), name=name, metadata=Metadata(date, place), earlier={"Ancien.": "Plus ancien."}))


def dated(name: str, date: str) -> ReleaseSummary:
    return summary(of((f"Titre {name}", f"Title {name}", R), name=name, date=date))


@cache
def many(number: int = 130) -> tuple[ReleaseSummary, ...]:
    return tuple(made for made, _ in invented(number))


# -- the lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "folder"), [*zip(LISTS, ("", "../fr/", "../en/"), strict=True)])
def test_newest_first_by_year_and_the_undated_last(name: str, folder: str) -> None:
    entries = [dated("b", "2018-01-01"), dated("c", ""), dated("a", "2018-01-01"), dated("d", "2020-06-30")]
    root = tree(index(entries, SITE)[name])
    assert root.xpath("//h3/a/@href")[:4] == [f"{folder}{each}.html" for each in "dabc"]
    assert root.xpath("//section[@class='group']/@id") == ["y2020", "y2018", "yundated"]
    anchors = [str(address)[1:] for address in root.xpath("//nav[@class='years']/a/@href")]
    assert anchors == root.xpath("//section[@class='group']/@id")


def test_an_entry_shows_both_titles_its_state_date_and_place() -> None:
    root = tree(index([summary(sample())], SITE)["index.html"])
    (entry,) = root.xpath("//main//article[not(ancestor::template)]")
    assert [title.get("lang") for title in entry.xpath(".//h3//span")] == ["fr", "en"]
    said = words(entry)
    for part in ("7 of 18 sentences", "7 phrases sur 18", "14 mars 2019", "14 March 2019", "VERNAY-SUR-LOIRE, France"):
        assert part in said


def test_a_list_of_one_language_speaks_it_alone() -> None:
    made = index([summary(sample())], replace(SITE, publisher="AMARRE"))
    french, english = (words(tree(made[f"{code}/index.html"]).find("body")) for code in ("fr", "en"))
    assert "Trafic d’anguilles" in french
    assert "Eel trafficking" not in french
    assert "Eel trafficking" in english
    assert "Trafic d’anguilles" not in english
    assert "7 of 18 sentences" in english
    assert not re.search(r"\b(the|releases?|search|skip)\b", french, re.IGNORECASE)
    assert not re.search(r"\b(les?|des|communiqués?)\b", english, re.IGNORECASE)


def test_a_title_that_is_not_english_yet_stands_in_french_and_says_so() -> None:
    root = tree(index([summary(of(("Un titre", "", U), ("Une phrase.", "A sentence.", R)))], SITE)["en/index.html"])
    (title,) = root.xpath("//article[not(ancestor::template)]//h3//span")
    assert (title.text, title.get("lang")) == ("Un titre", "fr")
    assert "title: not yet translated" in words(root)


def test_a_title_of_an_older_text_is_in_no_list_or_feed() -> None:
    made = index([summary(of(("Ancien.", "Old title", F), ("Une phrase.", "A sentence.", R)))], SITE)
    for name, data in made.items():
        assert b"Old title" not in data, name


@pytest.mark.parametrize("read", range(5))
def test_a_release_that_is_mostly_unread_says_so(read: int) -> None:
    lines = [(f"Phrase {n}.", f"Sentence {n}.", R if n < read else M) for n in range(4)]
    root = tree(index([summary(of(*lines))], SITE)["index.html"])
    found = root.xpath("//main//p[contains(@class, 'warns')]")
    assert [words(each) for each in found] == ["Brouillon automatique · Machine draft"] * (read < 2)


@pytest.mark.parametrize("name", LISTS)
def test_languages_stand_in_the_order_of_the_reading_page(name: str) -> None:
    links = tree(index([summary(sample())], SITE)[name]).xpath("//nav[@class='languages']/a")
    assert [link.get("hreflang", "both") for link in links] == ["fr", "both", "en"]


def test_nothing_published_yet() -> None:
    made = index([], SITE)
    assert {*LISTS, "feed.fr.atom", "feed.en.atom"} <= made.keys()
    assert "No release has been published yet" in words(tree(made["en/index.html"]))
    assert "Aucun communiqué n’a encore été publié" in words(tree(made["fr/index.html"]))
    for name in ("feed.fr.atom", "feed.en.atom"):
        assert atom().validate(etree.fromstring(made[name])), atom().error_log


def test_the_files_of_a_release_and_of_a_site() -> None:
    name = "2019-03-14-civelles"
    pages = [f"{name}.html", f"assets/search/releases/{name}.js", f"en/{name}.html", f"fr/{name}.html"]
    assert sorted(page(sample(), SITE)) == pages
    made = publish_html([sample()], replace(SITE, url=""))
    assert {*pages, *LISTS, "assets/search/index.js", "assets/search/words/fr-0.js", "feed.fr.atom"} <= made.keys()
    assert "sitemap.xml" not in made
    assert "sitemap.xml" in publish_html([sample()], SITE)


def test_a_logo_is_published_and_shown() -> None:
    site = replace(SITE, theme=Theme(logo=Picture("assets/logo.png", b"PNG")))
    made = index([summary(sample())], site)
    assert made["assets/logo.png"] == b"PNG"
    for name in LISTS:
        (image,) = tree(made[name]).xpath("//header//img")
        assert image.get("src") == "../" * name.count("/") + "assets/logo.png"
        assert image.get("alt") == ""  # the publisher's name stands below it


def test_same_summaries_same_bytes_in_any_order() -> None:
    made = index(many(), SITE)
    assert index(reversed(many()), SITE) == made


def test_many_releases_are_whole_without_the_script() -> None:
    """Each release has its entry on the front page or on one of its year, and each page is reached by links."""
    made = index(many(), SITE)
    for folder in ("", "fr/", "en/"):
        front = tree(made[f"{folder}index.html"])
        assert len(front.xpath("//h3/a[@href][not(ancestor::template)]")) == PER_PAGE
        years = [name for name in made if name.startswith(f"{folder}years/")]
        listed = [href for name in years for href in tree(made[name]).xpath("//section[@class='group']//h3/a/@href")]
        assert sorted(Path(str(href)).stem for href in listed) == sorted(entry.id for entry in many())
        reached: set[str] = set()
        waiting = [f"{folder}index.html"]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                hrefs = tree(made[name]).xpath("//nav[not(@class='languages')]/a/@href")
                waiting += [_beside(name, str(href)) for href in hrefs]
        assert set(years) < reached
    assert max(len(data) for name, data in made.items() if name.endswith(".html")) < 300_000


def _beside(name: str, href: str) -> str:
    parts = [*Path(name).parts[:-1], *Path(href).parts]
    while ".." in parts:
        at = parts.index("..")
        del parts[at - 1 : at + 1]
    return "/".join(parts)


@pytest.mark.parametrize("name", LISTS)
def test_locales_have_a_territory(name: str) -> None:
    root = tree(index([summary(sample())], SITE)[name])
    own = "fr_FR" if name.startswith("fr") else "en_GB"
    assert root.xpath("//meta[@property='og:locale']/@content") == [own]
    assert root.xpath("//meta[@property='og:locale:alternate']/@content") == sorted({"fr_FR", "en_GB"} - {own})


@pytest.mark.parametrize("name", LISTS)
def test_lists_name_each_other_and_their_data(name: str) -> None:
    root = tree(index([summary(sample())], SITE)[name])
    ways = {each.get("hreflang"): each.get("href") for each in root.xpath("//link[@rel='alternate'][not(@type)]")}
    assert ways == {
        "fr": SITE.url + "fr/index.html", "en": SITE.url + "en/index.html", "x-default": SITE.url + "index.html",
    }  # fmt: skip
    assert root.xpath("//link[@rel='canonical']/@href") == [SITE.url + name]
    feeds = root.xpath("//link[@type='application/atom+xml']/@href")
    assert feeds == ["feed.fr.atom", "feed.en.atom"] if name == "index.html" else [f"../feed.{name[:2]}.atom"]
    data = json.loads(root.xpath("string(//script[@type='application/ld+json'])"))
    (item,) = data["mainEntity"]["itemListElement"]
    assert (data["@type"], data["url"]) == ("CollectionPage", SITE.url + name)
    assert item["url"] == SITE.url + name.replace("index", "2019-03-14-civelles")
    assert root.xpath("//meta[@property='og:url']/@content") == [SITE.url + name]


def test_a_list_for_programs_says_when_a_title_is_not_approved() -> None:
    made = index([summary(of(("Deux", "Two", M), ("Phrase.", "Sentence.", R), name="brouillon"))], SITE)
    names = {}
    for name in LISTS:
        data = json.loads(tree(made[name]).xpath("string(//script[@type='application/ld+json'])"))
        names[name] = [item["name"] for item in data["mainEntity"]["itemListElement"]]
    assert names == {"index.html": ["Deux"], "fr/index.html": ["Deux"], "en/index.html": ["[machine draft] Two"]}


@pytest.mark.parametrize("name", LISTS)
def test_the_policy_names_exactly_what_stands_in_the_page(name: str) -> None:
    data = index([summary(sample())], SITE)[name]
    (policy,) = tree(data).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    bodies = re.findall(r"<(?:script|style)[^>]*>(.*?)</(?:script|style)>", data.decode(), re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies}
    assert hashes == set(re.findall(r"'sha256-[^']+'", policy))
    assert "unsafe" not in policy
    assert set(re.findall(r"(\S+-src) 'self'", policy)) == {"img-src", "connect-src"}
    assert not re.search(r"https?:|\*|data:|blob:", policy)


# -- summaries ----------------------------------------------------------------------------------------------------


def restored(made: ReleaseSummary) -> ReleaseSummary:
    return msgspec.json.decode(msgspec.json.encode(made), type=ReleaseSummary)


@settings(max_examples=30)
@given(any_edition())
def test_a_summary_comes_back_from_json(edition: Edition) -> None:
    made = summary(edition)
    assert restored(made) == made
    assert index([restored(made)], SITE) == index([made], SITE)


def test_long_titles_and_paragraphs_are_cut() -> None:
    long = "une très longue phrase sans fin " * 40
    made = summary(of((long, long, R), (long, long, R)))
    assert len(made.title.source) <= LONGEST_TITLE
    assert len(made.lead.source) <= LONGEST_LEAD
    assert made.title.source.endswith("…")


@given(st.text(alphabet="ab \u00a0,", max_size=60), st.integers(2, 40))
def test_a_shortened_text_begins_as_the_whole_does(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short == text if len(text) <= most else text.startswith(short[:-1])


@pytest.mark.parametrize(
    ("lines", "target", "standing"),
    [
        ((("Un.", "One.", R), ("Deux.", "Two.", R)), "One. Two.", Standing.REVIEWED),
        ((("Un.", "One.", R), ("Deux.", "Two.", M)), "One. Two.", Standing.MACHINE),
        ((("Un.", "One.", R), ("Deux.", "", U)), None, Standing.UNTRANSLATED),
        ((("Un.", "One.", R), ("Ancien.", "Old.", F)), None, Standing.CHANGED),
    ],
)
def test_the_first_paragraph(lines: Any, target: str | None, standing: Standing) -> None:
    lead = summary(of(("Titre", "Title", R), *lines)).lead
    assert (lead.target, lead.standing) == (target, standing)


# -- search -------------------------------------------------------------------------------------------------------


@given(st.sets(st.integers(0, 3000)), st.integers(0, 2000))
def test_numbers_come_back_from_digits(numbers: set[int], more: int) -> None:
    total = max(numbers, default=0) + 1 + more
    assert decoded(encoded(sorted(numbers), total)) == sorted(numbers)


def decoded(digits: str) -> list[int]:
    values = list(map(DIGITS.index, digits.removeprefix(".")))
    if digits.startswith("."):
        return [6 * at + bit for at, value in enumerate(values) for bit in range(6) if value >> bit & 1]
    numbers, number, gap, shift = [], -1, 0, 0
    for value in values:
        gap |= (value & 31) << shift
        shift += 5
        if value < 32:
            number += gap + 1
            numbers.append(number)
            gap = shift = 0
    return numbers


_LETTERS = st.text(alphabet="abcéÀœ一\ufb00𐐀9", min_size=1, max_size=5)


@given(st.sets(_LETTERS))
def test_words_come_back_from_a_packed_vocabulary(found: set[str]) -> None:
    known = vocabulary(found)
    assert list(unpacked(packed(known))) == sorted_words(known)
    assert set(unpacked(packed(known))) == known


@given(st.lists(_LETTERS, min_size=2))
def test_words_are_sorted_as_a_browser_sorts_them(found: list[str]) -> None:
    units = [[int.from_bytes(pair, "big") for pair in _pairs(word)] for word in sorted_words(found)]
    assert units == sorted(units)


def _pairs(word: str) -> list[bytes]:
    data = word.encode("utf-16-be")
    return [data[at : at + 2] for at in range(0, len(data), 2)]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_vocabularies_have_no_accents_and_no_endless_words() -> None:
    made = summary(of(("Cœur ÉLEVÉ " + "é" * 99, "High", R)))
    assert list(unpacked(made.words["fr"])) == ["coeur", "e" * LONGEST_WORD, "eleve"]
    assert list(unpacked(made.words["en"])) == ["high"]


def called(data: bytes, function: str) -> Any:
    """The argument of a search file; nothing in it may end a script or a line of old JavaScript."""
    text = data.decode()
    assert text.startswith(f"{function}(")
    assert text.endswith(");\n")
    assert not set("<>&\u2028\u2029") & set(text)
    return json.loads(text[len(function) + 1 : -3])


def found_by(files: dict[str, bytes], language: str, word: str) -> set[str]:
    """Releases that have a word, read from the files as docs/site.md describes them."""
    releases = called(files["assets/search/index.js"], "searchIndex")["releases"]
    found: set[str] = set()
    for name in files:
        if name.startswith(f"assets/search/words/{language}-"):
            current = ""
            for line in called(files[name], "searchWords")[2].split("\n"):
                coded, digits = line.split(" ")
                current = current[: DIGITS.index(coded[0])] + coded[1:]
                if current == word:
                    found |= {releases[number] for number in decoded(digits)}
    return found


def test_each_word_leads_to_exactly_the_releases_that_have_it() -> None:
    entries = in_listed_order(many())
    files = search_files(entries)
    assert len([name for name in files if "/words/fr-" in name]) > 2
    for language in ("fr", "en"):
        known = {entry.id: set(unpacked(entry.words[language])) for entry in entries}
        for word in sorted(set().union(*known.values()))[::500]:
            assert found_by(files, language, word) == {name for name, own in known.items() if word in own}


def test_word_files_say_where_they_begin() -> None:
    files = search_files(in_listed_order(many()))
    for language, firsts in called(files["assets/search/index.js"], "searchIndex")["words"].items():
        assert firsts == sorted_words(firsts)
        for number, first in enumerate(firsts):
            own, same, text = called(files[f"assets/search/words/{language}-{number}.js"], "searchWords")
            assert (own, same) == (language, number)
            assert text.startswith(f"A{first} ")


def test_years_and_states_of_the_catalogue() -> None:
    entries = in_listed_order(
        [
            replace(dated("a", "2018-05-01"), counts=Counts(3, 0, 0, 0, 0)),
            replace(dated("b", "2019-05-01"), counts=Counts(0, 2, 1, 0, 1)),
            dated("c", ""),
        ]
    )
    catalogue = called(search_files(entries)["assets/search/index.js"], "searchIndex")
    assert catalogue["releases"] == ["c", "a", "b"]
    assert catalogue["years"] == [["", 1], ["2018", 1], ["2019", 1]]
    assert [DIGITS.index(state) for state in catalogue["states"]] == [0b1, 0b1, 0b11010]


def test_what_nobody_has_compared_is_nowhere_called_read() -> None:
    """An edition that `toolkit align` has filled: filter, list, feed and results say whose choice its English was."""
    edition = matched(sample_of_two(), "p2s1")
    made = index([summary(edition), summary(matched(edition))], SITE)
    catalogue = called(made["assets/search/index.js"], "searchIndex")
    assert {DIGITS.index(state) for state in catalogue["states"]} == {0b100000}
    root = tree(made["index.html"])
    assert root.xpath("//input[@name='state']/@value") == ["", "matched"]
    assert "avec des phrases rapprochées automatiquement · with sentences matched by program 2" in words(root)
    assert root.xpath("//rect[@class='matched']")
    for code, found in (("en", {("matched-by-program", "Earlier translation, matched by program")}), ("fr", set())):
        feed = etree.fromstring(made[f"feed.{code}.atom"])
        assert {(each.get("term"), each.get("label")) for each in feed.iter(f"{{{ATOM['a']}}}category")} == found
    _, rows = called(page(edition, SITE)["assets/search/releases/essai.js"], "releaseSentences")
    assert [row[3:] for row in rows] == [[], ["matched by program", "rapprochée automatiquement"]]


def sample_of_two() -> Edition:
    return of(("Le titre", "The title", R), ("Une phrase.", "A sentence.", R))


def test_titles_are_masculine_in_french() -> None:
    found = {}
    for state, english in ((U, ""), (M, "A title"), (F, "A title")):
        made = summary(of(("Un titre", english, state), ("Une phrase.", "A sentence.", R)))
        root = tree(index([made], SITE)["index.html"])
        (label,) = root.xpath("//article[not(ancestor::template)]//p[@class='label']/span[@lang='fr']")
        found[state] = label.text
    assert found == {U: "titre pas encore traduit", M: "titre\u00a0: brouillon automatique", F: "titre à vérifier"}


@pytest.mark.parametrize("publisher", ["AMARRE", "Vigie des estuaires", ""])
def test_a_description_elides_no_name(publisher: str) -> None:
    made = tree(index([summary(sample())], replace(SITE, publisher=publisher))["fr/index.html"])
    (said,) = made.xpath("//meta[@name='description']/@content")
    assert " de AMARRE" not in said
    assert said.startswith(publisher or "Communiqués de presse")


def test_sentences_of_a_release_with_their_state() -> None:
    data = page(sample(), SITE)["assets/search/releases/2019-03-14-civelles.js"]
    entry, rows = called(data, "releaseSentences")
    known = {row[0]: row[1:] for row in rows}
    assert entry["titles"][1] == "Eel trafficking: eleven estuary countries join forces on inspections"
    assert known["p5s2"][2:] == ["machine draft", "brouillon automatique"]
    assert known["p8s1"][1] is None
    assert known["p4s1"][2:] == []
    assert next(iter(EARLIER)) == known["p6s1"][0]
    assert "p15s1" not in known  # only signs


def test_word_files_are_small() -> None:
    """Each piece by itself; what all of it takes grows more slowly than the releases do."""
    small, large = (search_files(in_listed_order(many(number))) for number in (130, 260))
    totals = [sum(len(data) for name, data in files.items() if "/words/" in name) for files in (small, large)]
    assert totals[1] < 1.8 * totals[0]
    assert max(len(data) for name, data in large.items() if "/words/" in name) < 70_000
    assert len(large["assets/search/index.js"]) < 260 * 30


# -- hostile text -------------------------------------------------------------------------------------------------

_HOSTILE = st.sampled_from(
    ["</script><script>alert(1)</script>", "<!--", "]]>", "</title><b>", '" onload="x', "{{ 7*7 }}", "&lt;&amp;",
     "\u202e\u2066abc", "\x00\x0b\ufffe", "a" * 5_000, "javascript:x", "\u2028", "\r\n", "</template>",
     "<svg onload=x>"]
)  # fmt: skip
_TEXT = st.lists(_HOSTILE | st.text(max_size=20), min_size=1, max_size=3).map("x".join).map(lambda text: "x" + text)


def shape(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(e.tag), tuple(sorted(map(str, e.attrib)))) for e in tree(data).iter(etree.Element)]


def attacked(french: str, english: str) -> Edition:
    lines = [(f"{french} {n}", f"{english} {n}", M) for n in range(3)]
    return of(*lines, place=french)


@settings(max_examples=40)
@given(_TEXT, _TEXT)
def test_no_text_changes_an_element_of_a_list_or_a_feed(french: str, english: str) -> None:
    plain = index([summary(attacked("x", "x y"))], SITE)
    site = replace(SITE, title=english, title_fr=french + "y", publisher=french)
    made = index([summary(attacked(french, english))], site)
    for name in LISTS:
        assert shape(made[name]) == shape(plain[name])
    for name in ("feed.fr.atom", "feed.en.atom"):
        root = etree.fromstring(made[name])
        assert atom().validate(root), atom().error_log
        assert [e.tag for e in root.iter()] == [e.tag for e in etree.fromstring(plain[name]).iter()]


_SEARCH_FILES = {"/words/": "searchWords", "search/index": "searchIndex", "/releases/": "releaseSentences"}


@settings(max_examples=40)
@given(_TEXT, _TEXT)
def test_search_files_hold_data_and_nothing_else(french: str, english: str) -> None:
    edition = attacked(french, english)
    for name, data in (index([summary(edition)], SITE) | page(edition, SITE)).items():
        for part, function in _SEARCH_FILES.items():
            if part in name:
                called(data, function)


# -- feeds --------------------------------------------------------------------------------------------------------


@cache
def atom() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "data" / "atom.rng"))


def feed(language: str, *entries: ReleaseSummary, site: SiteInfo = SITE) -> Any:
    root = etree.fromstring(index(entries, site)[f"feed.{language}.atom"])
    assert atom().validate(root), atom().error_log
    return root


def test_the_grammar_of_feeds_refuses_what_the_standard_does() -> None:
    root = feed("fr", summary(sample()))
    for path in ("a:id", "a:entry/a:title", "a:author/a:name", "a:entry/a:updated"):
        (gone,) = root.xpath(path, namespaces=ATOM)
        parent = gone.getparent()
        parent.remove(gone)
        assert not atom().validate(root), path
        parent.append(gone)
        assert atom().validate(root), path
    root.xpath("a:entry/a:updated", namespaces=ATOM)[0].text = "2019-03-14"
    assert not atom().validate(root)


def test_a_feed_tells_of_the_newest_and_leaves_out_the_undated() -> None:
    entries = [*many(), dated("sans-date", "")]
    root = feed("fr", *entries)
    moments = root.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert len(moments) == 50
    assert moments == sorted(moments, reverse=True)
    assert root.xpath("string(a:updated)", namespaces=ATOM) == moments[0] == "2025-12-31T00:00:00Z"
    assert root.xpath("string(a:author/a:name)", namespaces=ATOM) == "Vigie des estuaires"


def test_the_english_feed_has_what_is_english_and_says_how_sure_it_is() -> None:
    root = feed(
        "en",
        summary(of(("Un", "One", R), ("Phrase.", "Sentence.", R), name="lu")),
        summary(of(("Deux", "Two", M), ("Phrase.", "Sentence.", M), name="brouillon")),
        summary(of(("Trois", "", U), ("Phrase.", "", U), name="rien")),
        summary(of(("Quatre", "", U), ("Une.", "One.", R), ("Autre.", "Other.", R), name="titre")),
        summary(matched(of(("Cinq", "Five", R), ("Une.", "One.", R), ("Autre.", "Other.", M), name="repris"))),
    )
    said = {
        str(entry.xpath("string(a:link/@href)", namespaces=ATOM)).rpartition("/")[2]: entry
        for entry in root.xpath("a:entry", namespaces=ATOM)
    }
    assert sorted(said) == ["brouillon.html", "lu.html", "repris.html", "titre.html"]
    texts = {
        name: [entry.xpath(f"string(a:{part})", namespaces=ATOM) for part in ("title", "summary", "category/@term")]
        for name, entry in said.items()
    }
    assert texts["lu.html"] == ["One", "Sentence.", ""]
    assert texts["brouillon.html"] == ["[machine draft] Two", "Machine draft. Sentence.", "machine-draft"]
    of_program = "Earlier translation, matched by program. One. Other."
    assert texts["repris.html"] == ["Five", of_program, "matched-by-program"]
    assert texts["titre.html"] == ["Quatre", "Partly unreviewed translation. One. Other.", "partly-unreviewed"]
    (title,) = said["titre.html"].xpath("a:title", namespaces=ATOM)
    assert title.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def ids_of(language: str, *entries: ReleaseSummary, site: SiteInfo = SITE) -> list[str]:
    return [str(each) for each in feed(language, *entries, site=site).xpath("//a:id/text()", namespaces=ATOM)]


def test_ids_are_uuids_that_stay_when_a_site_moves() -> None:
    one = summary(sample())
    ids = [ids_of(code, one) for code in ("fr", "en")]
    assert len({each for pair in ids for each in pair}) == 4
    assert all(uuid.UUID(each).version == 5 for pair in ids for each in pair)
    # Never to be changed: readers would show every release as new.
    assert ids[0][1] == "urn:uuid:18e0ab3f-ea00-5c5e-b9b9-f3c67d2b792f"
    for site in (replace(SITE, url=""), replace(SITE, url="https://ailleurs.example/")):
        assert [ids_of(code, one, site=site) for code in ("fr", "en")] == ids
    assert ids_of("fr", one, site=replace(SITE, title="New name"))[1] == ids[0][1]
    assert ids_of("fr", one, site=replace(SITE, publisher="AMARRE"))[1] != ids[0][1]
    assert ids_of("fr", one, dated("z", "2021-01-01"))[2] == ids[0][1]


def test_a_translation_is_updated_when_a_person_saves_it() -> None:
    edition = of(("Un", "One", R), ("Phrase.", "Sentence.", R), date="2020-02-29")
    later, earlier = (summary(replace(edition, revised=day)) for day in ("2021-05-06", "2019-01-01"))
    moments = "//a:updated/text()"
    for language, one, wanted in (
        ("en", later, "2021-05-06T00:00:00Z"),
        ("en", earlier, "2020-02-29T00:00:00Z"),
        ("fr", later, "2020-02-29T00:00:00Z"),
    ):
        root = feed(language, one)
        assert root.xpath(moments, namespaces=ATOM) == [wanted] * 2
        assert root.xpath("//a:published/text()", namespaces=ATOM) == ["2020-02-29T00:00:00Z"]


# -- site map -----------------------------------------------------------------------------------------------------


def locations(data: bytes) -> list[str]:
    return [each.text or "" for each in etree.fromstring(data).iterfind(f".//{{{SITEMAP}}}loc")]


def check_sitemap(data: bytes) -> None:
    """The rules of the protocol (sitemaps.org) and of alternates: each names all, and itself."""
    root = etree.fromstring(data)
    assert root.tag == f"{{{SITEMAP}}}urlset"
    assert len(data) < 50_000_000
    named = locations(data)
    assert 0 < len(named) == len(set(named)) <= 50_000
    assert all(len(each) < 2_048 and each.startswith(SITE.url) for each in named)
    for url in root:
        (location,) = url.findall(f"{{{SITEMAP}}}loc")
        others = [str(each.get("href")) for each in url.findall("{http://www.w3.org/1999/xhtml}link")]
        assert location.text in others
        assert len(others) == 3


def test_the_site_map_names_every_page_once() -> None:
    made = publish_html([sample()], SITE)
    check_sitemap(made["sitemap.xml"])
    pages = sorted(SITE.url + name for name in made if name.endswith(".html"))
    assert sorted(locations(made["sitemap.xml"])) == pages


def test_a_large_site_map_is_several() -> None:
    entries = [replace(many()[0], id=f"r{number}") for number in range(MOST // 3 + 10)]
    made = sitemaps(entries, SITE)
    parts = locations(made["sitemap.xml"])
    assert parts == [SITE.url + "sitemap.1.xml", SITE.url + "sitemap.2.xml"]
    assert etree.fromstring(made["sitemap.xml"]).tag == f"{{{SITEMAP}}}sitemapindex"
    for part in parts:
        check_sitemap(made[part.removeprefix(SITE.url)])


# -- the whole site -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project as a user publishes it, with an address."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "toolkit.toml").read_text(encoding="utf-8")
    (folder / "toolkit.toml").write_text(text + '\nbase_url = "https://amarre.example/archives/"\n', encoding="utf-8")
    done = toolkit(folder, "publish", "--formats", "html,tei,source")
    assert done.returncode == 0, done.stderr
    return folder / "output"


def test_every_address_of_the_sample_project_leads_somewhere(published: Path) -> None:
    assert broken(published, "https://amarre.example/archives/") == []


def test_the_link_checker_finds_what_is_broken(published: Path, tmp_path: Path) -> None:
    site = shutil.copytree(published, tmp_path / "site")
    for one in site.glob("fr/2026-06-*.html"):
        one.unlink()
    front = site / "index.html"
    front.write_text(front.read_text(encoding="utf-8").replace("#y2026", "#y2099"), encoding="utf-8")
    wrong = broken(site, "https://amarre.example/archives/")
    assert any(line.endswith("#y2099") for line in wrong)
    assert any(line.startswith("https://amarre.example/archives/sitemap.xml") for line in wrong)
    assert any(line.startswith("https://amarre.example/archives/feed.fr.atom") for line in wrong)


def test_feeds_and_site_map_of_the_sample_project(published: Path) -> None:
    for name in ("feed.fr.atom", "feed.en.atom"):
        root = etree.parse(published / name).getroot()
        assert atom().validate(root), atom().error_log
        assert len(root.findall("a:entry", ATOM)) > 5
    assert len(locations((published / "sitemap.xml").read_bytes())) == len(list(published.glob("*.html"))) * 3


def sizes(entries: Sequence[ReleaseSummary]) -> int:
    return max(len(data) for name, data in index(entries, SITE).items() if name.endswith(".html"))


def test_no_page_grows_with_the_site() -> None:
    assert sizes(many(210)) < 1.1 * sizes(many(130))
