"""Who saved a catalogue last, and when: what pages and XML say of it is what somebody did, never our own stamp."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from tests.running import toolkit
from toolkit.catalogue import NOT_SAVED, key_digest, parse, serialize, template
from toolkit.editions import SiteInfo, align, render_page, render_tei, render_xml, validate_tei, validate_xml
from toolkit.jobs.combining import combine
from toolkit.jobs.worklist import Listed, fingerprint
from toolkit.model import Block, BlockKind, Catalogue, Entry, Metadata, Origin, Release, Segment, State
from toolkit.skeleton import Skeleton

OURS = "2019-01-19 00:00+0000"
SAVED = "2019-03-01 14:22+0100"
ROZENN, ADA = "Rozenn Le Gall <rozenn@amarre.example>", "Ada Marlowe <ada@agency.example>"


def release_of(said: str = OURS[:10]) -> Release:
    segment = Segment("p1s1", "Le quai ouvre.", origin=Origin("source/r.txt", 1))
    block = Block("p1", BlockKind.PARAGRAPH, segment.text, segments=(segment,))
    return Release("quai", "source/quai.txt", "fr", "", Metadata(date=said), (block,), Skeleton("text", "utf-8", ()))


def approved(release: Release, **fields: str) -> Catalogue:
    """A catalogue as `extract` makes it, with its sentence approved and other header fields ("Last_Translator")."""
    made = template(release, "en")
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    entries = tuple(replace(entry, target="The quay opens.", state=State.REVIEWED) for entry in made.entries)
    return replace(made, header=tuple({**dict(made.header), **given}.items()), entries=entries)


def days(release: Release, catalogue: Catalogue) -> tuple[list[str], list[str], list[str]]:
    """The days that TEI's history, edition.xml and the page's record state."""
    edition = align(release, catalogue)
    tei, plain = render_tei(edition), render_xml(edition)
    validate_tei(tei)
    validate_xml(plain)
    page = html.document_fromstring(render_page(edition, SiteInfo()))
    changes = [str(e.get("when")) for e in etree.fromstring(tei).iter("{*}change") if e.get("when")]
    own = [str(day) for e in etree.fromstring(plain).iter("{*}catalogue") for day in e.attrib.values()]
    (record,) = (e for e in page.iter("dl") if "record" in str(e.get("class", "")).split())
    return changes, own, [str(e.get("datetime")) for e in record.iter("time") if e.get("lang") == "en"]


@pytest.mark.parametrize(
    ("said", "epoch"),
    [("2019-01-19", ""), ("2019-02-01", ""), ("", "1782000000")],
)
@pytest.mark.parametrize("translator", ["toolkit (machine drafts)", ADA])
def test_the_day_that_we_write_ourselves_is_stated_nowhere(
    said: str, epoch: str, translator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    release = release_of(said)
    catalogue = approved(release, Last_Translator=translator)
    assert dict(catalogue.header)["POT-Creation-Date"].endswith(" 00:00+0000")
    assert days(release, catalogue) == ([], [], [])
    dated_anew = replace(release, metadata=Metadata(date="2019-05-05"))
    assert days(dated_anew, catalogue) == ([], [], []), "the source was given another day since"


def test_the_day_on_which_a_person_saved_is_stated() -> None:
    release = release_of()
    catalogue = approved(release, Last_Translator=ROZENN, PO_Revision_Date=SAVED)
    assert days(release, catalogue) == (["2019-03-01"], ["2019-03-01"], ["2019-03-01"])
    same_day = approved(release, Last_Translator=ROZENN, PO_Revision_Date="2019-01-19 09:30+0000")
    assert days(release, same_day) == (["2019-01-19"], ["2019-01-19"], ["2019-01-19"])


def worked_on(entry: Entry) -> Listed:
    """An entry that came back with other English."""
    changed = replace(entry, target="The quay is opening.")
    return Listed("2019-01-19-quai", key_digest(entry.key), fingerprint(entry), changed)


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ({}, []),
        ({"PO-Revision-Date": NOT_SAVED}, []),
        ({"PO-Revision-Date": OURS, "POT-Creation-Date": OURS}, []),
        ({"PO-Revision-Date": "2019-02-02 08:15+0100", "POT-Creation-Date": "2019-02-02 08:15+0100"}, []),
        ({"PO-Revision-Date": "2019-04-02 10:00+0200", "POT-Creation-Date": OURS}, ["2019-04-02"]),
    ],
)
def test_whoever_brings_work_back_is_not_said_to_have_saved_on_anothers_day(
    file: dict[str, str], day: list[str]
) -> None:
    """Rozenn saved the catalogue on 1 March; what Ada did comes later, on a day that her file may not say."""
    release = release_of()
    catalogue = approved(release, Last_Translator=ROZENN, PO_Revision_Date=SAVED)
    found = combine(catalogue, [worked_on(catalogue.live[0])], {"Last-Translator": ADA, **file}).catalogue
    assert found.live[0].target == "The quay is opening."
    assert align(release, found).reviewer == "Ada Marlowe"
    assert days(release, found) == (day, day, day)
    assert parse(serialize(found), "r.po", release.id).header == found.header


def test_an_import_publishes_the_name_and_no_day(tmp_path: Path) -> None:
    source = tmp_path / "source" / "2019-01-19-quai.txt"
    source.parent.mkdir()
    source.write_text("Le port ouvre un quai\n\nOn entre. La nuit tombe.\n", encoding="utf-8")
    (tmp_path / "toolkit.toml").write_text('[publish]\nformats = ["html", "tei", "edition"]\n', encoding="utf-8")
    assert toolkit(tmp_path, "extract").returncode == 0
    assert toolkit(tmp_path, "export", "--output", "out.xlf").returncode == 0
    path = tmp_path / "out.xlf"
    wanted = r'state="initial"([^>]*)>(\s*<source>On entre.</source>)'
    done, count = re.subn(wanted, r'state="final"\1>\2<target>You enter.</target>', path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(done, encoding="utf-8")
    assert toolkit(tmp_path, "import", "out.xlf", "--translator", ADA).returncode == 0
    assert toolkit(tmp_path, "publish").returncode == 0
    made = [tmp_path / "output" / f"2019-01-19-quai{suffix}" for suffix in (".html", ".xml", ".edition.xml")]
    page, tei, plain = (each.read_text(encoding="utf-8") for each in made)
    assert "<change when=" not in tei
    assert '<change who="#resp-saved">Catalogue last saved.</change>' in tei
    assert "<last-saved-by>Ada Marlowe</last-saved-by>" in plain
    assert "<catalogue" not in plain
    assert '<span translate="no">Ada Marlowe</span></dd>' in page
    assert "Traduction enregistrée en dernier par" in page
