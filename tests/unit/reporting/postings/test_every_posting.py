"""Each posting that a state asks for, from data and its template: whole, alike in all formats and in Spanish."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import outloud
import pdfua
import pytest

from dataflows.actions.write_notice import write_notice
from dataflows.errors import UsageError
from dataflows.law.state_law import whole_state_law
from dataflows.reporting.kinds import KINDS as ALL_KINDS
from dataflows.reporting.kinds import POSTINGS
from dataflows.reporting.postings.fields import sources_of
from dataflows.reporting.postings.posting import teller_for
from dataflows.reporting.postings.sources import Subject, find
from docs.make_messages import find_messages
from tests.notices import read_page, words_of, words_of_markdown, words_of_text
from tests.paper import structure_of, words_of_structure, words_of_word
from tests.postings import DAY, GAP, KINDS, lakeview, post, written
from tests.unit.reporting.test_notice_formats import HOSTILE, quoted, reading_grade
from tests.unit.reporting.test_translations import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dataflows.law.state_law import Posting

NO_DOCUMENT = {
    "ca-directory": "the notice of directory information is `directory`",
    "il-agreement-posting": "it is the agreement itself",
    "ny-security-policy": "it is the district's own policy",
    "oh-inspect": "it is the contract itself",
    "ut-collection-notice": "the statute dictates a sentence that nobody has read yet",
    "ut-governance-plan": "it is the district's own plan",
}
"""What states ask for and is no document of ours, and why."""


def all_postings() -> dict[str, Posting]:
    states = {code for kind in POSTINGS.values() for code in kind.states}
    return {posting.id: posting for code in sorted(states) for posting in whole_state_law(code).postings}


def test_all_that_these_states_want_posted_is_a_kind_or_has_a_reason_why_not() -> None:
    ours = {name for name in POSTINGS if not name.endswith("checklist")}

    assert ours | set(NO_DOCUMENT) == set(all_postings())
    assert {ALL_KINDS[name].states for name in ours} == {(name[:2].upper(),) for name in ours}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_as_it_was_read(kind: str, golden: Callable[[str, str], None]) -> None:
    golden(f"notice/{kind}.md", written(kind))
    golden(f"notice/{kind}.es.txt", written(kind, ".txt", "es"))


@pytest.mark.parametrize("kind", ["il-soppa", "ny-bill-of-rights"])
def test_its_page_is_as_it_was_read(kind: str, golden: Callable[[str, str], None]) -> None:
    golden(f"notice/{kind}.html", written(kind, ".html"))


@pytest.mark.parametrize("kind", KINDS)
def test_all_formats_say_the_same(kind: str) -> None:
    page = read_page(written(kind, ".html"))

    assert page.faults == []
    assert words_of_markdown(written(kind)) == Counter(page.words)
    text = words_of_text(written(kind, ".txt"))
    assert Counter(page.words) - text <= Counter(page.labels)
    assert set(text - Counter(page.words)) <= set(page.labels)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_word_say_the_same_and_the_checkers_of_accessibility_find_nothing(
    kind: str, language: str, tmp_path: Path
) -> None:
    snapshot = lakeview(kind)
    made = {
        suffix: write_notice(snapshot, kind, issued=DAY, suffix=suffix, language=language).content
        for suffix in (".html", ".pdf", ".docx")
    }
    page = read_page(made[".html"].decode())
    links = [values["href"] for tag, values in page.tags if tag == "a" and values.get("class") is None]
    shown = [word for link in links if link.startswith("http") for word in words_of(link)]
    path = tmp_path / "posting.pdf"
    path.write_bytes(made[".pdf"])

    assert words_of_structure(structure_of(made[".pdf"])) == Counter(page.words) + Counter(shown)
    assert words_of_word(made[".docx"]) == Counter(page.words)
    assert [str(found) for found in outloud.check(str(path)).findings] == []
    assert [str(found) for found in pdfua.validate(str(path)).findings] == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_no_english_sentence_in_spanish(kind: str) -> None:
    english = {part for file in find_messages().values() for message in file for part in parts(message.id)}
    long = {part for part in english if "%" not in part and " " in part and len(part) > 8}
    text = " ".join(written(kind, ".txt", "es").split())

    assert [sentence for sentence in long if sentence in text] == []


FOR_FAMILIES = [kind for kind in KINDS if kind not in ("ca-contract-checklist", "md-digital-tools")]
"""All but the list for the office, and the one that goes to the state."""


@pytest.mark.parametrize("kind", FOR_FAMILIES)
def test_it_reads_at_grade_8_or_below(kind: str) -> None:
    assert reading_grade(written(kind, ".txt")) <= 8


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_text_is_only_a_text(kind: str) -> None:
    for text in HOSTILE:
        page = read_page(post(hostile(quoted(text)), kind, suffix=".html").content.decode())
        assert page.faults == [], text
        assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "b", "iframe"})
        links = [values["href"] for tag, values in page.tags if tag == "a"]
        assert all(re.match(r"#|https?:|mailto:|tel:", link) for link in links)


def hostile(text: str) -> str:
    return f"""
district:
  state: XX
  name: {text}
  home_languages: [en]
  links: {{privacy_page: "https://example.org/p"}}
  contacts: [{{role: complaints, title: {text}, email: {text}}}, {{role: contract_inspection, title: {text}}}]
  policies: {{bill_of_rights: {text}, complaint_procedure: {text}, amendment_procedure: {text}}}
vendors:
  - {{id: a, name: {text}, address: {text}, profile: {text}, category: testing, products: [{{name: {text}}}]}}
  - {{id: b, name: {text}}}
elements: [{{id: pin, name: {text}, definition: {text}, category: other, sensitivity: low}}]
agreements:
  - id: c
    vendor: a
    kind: dpa
    number: {text}
    terms: {{subcontractor_oversight: {text}, storage_description: {text}, disposition_description: {text}}}
flows:
  - {{id: f, to: a, elements: [pin], purpose: {text}, agreement: c, mandate: local, mandate_cite: {text}}}
  - {{id: g, to: b, elements: [pin], purpose: {text}, ends: 2020-01-01}}
monitoring: [{{id: m, device: {text}, features: [web], purpose: {text}, provider: {text}}}]
"""


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_question_gives_the_same_bytes(kind: str) -> None:
    assert written(kind, ".html") == written(kind, ".html")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_internal_is_in_none(kind: str) -> None:
    inner = "Only Ana knows this"
    text = f"""
district: {{state: XX, home_languages: [en], note: {inner}, policies: {{bill_of_rights: Ours}},
  links: {{privacy_page: "https://example.org/p"}}}}
vendors: [{{id: a, name: A, note: {inner}, owner: {inner}, category: testing, sources: [{{title: {inner}}}],
  contacts: [{{role: breach, email: {inner}}}], products: [{{name: P, conditions: {inner}}}]}}]
agreements: [{{id: c, vendor: a, kind: dpa, note: {inner}, owner: {inner}, contact: {inner},
  terms: {{insurance: {inner}, security_framework: soc2}}}}]
flows: [{{id: f, to: a, elements: [name], agreement: c, note: {inner}}}]
waivers: [{{rule: missing-posting, subject: oak, by: {inner}, why: {inner}, until: 2027-01-01}}]
monitoring: [{{id: m, device: D, features: [web], purpose: P, note: {inner}, basis: {inner}}}]
incidents: [{{id: i, party: a, discovered: 2026-01-01, owner: {inner}, note: {inner}}}]
"""
    shown = post(text, kind).content.decode()

    assert "Ana" not in shown
    assert "soc2" not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_another_state_is_told_which_are_its_own(kind: str) -> None:
    text = "district: {state: %s, name: Elsewhere}\nvendors: [{id: a, name: A}]"
    here = "NY" if POSTINGS[kind].states != ("NY",) else "MD"
    ours = ", ".join(name for name in POSTINGS if POSTINGS[name].states == (here,))
    name = "New York" if here == "NY" else "Maryland"

    with pytest.raises(UsageError, match=f"Elsewhere is in {name}\\. For {name} there are: {ours}\\."):
        post(text % here, kind)
    with pytest.raises(UsageError, match="For Wyoming the program knows no posting"):
        post(text % "WY", kind)


def test_each_field_of_the_catalog_that_a_posting_is_told_from_gives_something() -> None:
    """A source that gave nothing of any subject would be a field that no district could fill."""
    for posting in all_postings().values():
        for field in posting.fields:
            if field.label is None:
                continue
            named = {source for group in field.enough for source in group}
            assert named <= set(sources_of(field)), (posting.id, field.id)
            known = [source for source in sources_of(field) if is_told(source, posting.id)]
            assert set(known) >= named, (posting.id, field.id)
            assert known, (posting.id, field.id)


def is_told(source: str, kind: str) -> bool:
    snapshot = lakeview(kind)
    order_like = type("Order", (), {"snapshot": snapshot, "language": "en"})()
    teller = teller_for(all_postings()[kind], order_like)
    from dataflows.reporting.concerned import find_concerned
    from dataflows.reporting.holders import HolderTeller

    tell = HolderTeller(teller, find_concerned(snapshot, None, None), is_narrowed=False)
    flows = tuple(flow for flow in snapshot.flows if flow.receiver == "mathly")
    subject = Subject("mathly", flows, (snapshot.agreements["mathly-2025"],), tell.holder("mathly"))
    return any(find(source, one, teller) is not None for one in (subject, None))


def test_three_hundred_vendors_have_a_block_each() -> None:
    vendors = "\n".join(f"  - {{id: v{n}, name: Vendor {n}, address: Street}}" for n in range(300))
    agreements = "\n".join(
        f'  - {{id: a{n}, vendor: v{n}, kind: dpa, document_url: "https://example.org/{n}"}}' for n in range(300)
    )
    flows = "\n".join(
        f"  - {{id: f{n}, to: v{n}, elements: [name, email], agreement: a{n}, purpose: P}}" for n in range(300)
    )
    made = post(f"vendors:\n{vendors}\nagreements:\n{agreements}\nflows:\n{flows}\n", "il-soppa")

    assert len(re.findall("^### Vendor", made.content.decode(), re.MULTILINE)) == 300
    assert {fact.field.split(".")[0] for fact in made.missing} == {"district"}


def test_the_gap_of_the_tests_is_the_one_of_the_postings() -> None:
    assert GAP in written("il-soppa")


@pytest.mark.parametrize("kind", KINDS)
def test_a_district_that_shares_nothing_says_so(kind: str) -> None:
    district = 'links: {privacy_page: "https://example.org/p"}, policies: {bill_of_rights: Ours.}'
    text = post(
        f"district: {{state: XX, home_languages: [en], {district}}}\n"
        "monitoring: [{id: m, device: D, features: [web], purpose: P, provider: W}]",
        kind,
    ).content.decode()

    assert not re.search(r"^#+ [^\n]*\n\n#", text, flags=re.MULTILINE), "a heading with nothing below it"
    assert re.search("None|no contract under", text) or kind in (
        "ct-annual-url",
        "oh-annual-monitoring",
        "md-digital-tools",
    )
