"""A district's own letterhead stands at the head of every document; its own words keep what the law asks for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import docx
import pypdf
import pytest
from pypdf.generic import DictionaryObject

from dataflows import assets
from dataflows.actions.write_notice import write_notice
from dataflows.errors import DocumentHoleError
from dataflows.reporting.look import LookError, read_look
from tests.notices import KINDS, MAPLE_DAY, OF_THE_EXAMPLE, example, maple, read_page
from tests.paper import poppler, structure_of

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.actions.write_notice import WrittenNotice

COMPLAINT = '- **{{ _("Complain") }}**'


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress((b"\0" + b"\x7a\x10\x20" * width) * height)
    parts = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def written(folder: Path, kind: str, suffix: str, vendor: str | None = None, **words: bool | str) -> WrittenNotice:
    snapshot = example() if kind in OF_THE_EXAMPLE else maple()
    look, language = read_look(folder), str(words.get("language", "en"))
    return write_notice(
        snapshot,
        kind,
        issued=snapshot.valid_on,
        suffix=suffix,
        vendor=vendor,
        look=look,
        language=language,
        is_draft=bool(words.get("draft")),
    )


@pytest.mark.parametrize(("kind", "vendor"), KINDS)
def test_it_stands_at_the_head_of_every_document_with_the_district_s_name(
    kind: str, vendor: str | None, tmp_path: Path
) -> None:
    (tmp_path / "letterhead.png").write_bytes(png(120, 90))
    name = (example() if kind in OF_THE_EXAMPLE else maple()).district.name
    page = written(tmp_path, kind, ".html", vendor).content.decode()
    head = page.split("<header>")[1].split("</header>")[0]

    assert read_page(page).faults == []
    assert f'alt="{name}" width="96" height="72"' in head
    word = docx.Document(io.BytesIO(written(tmp_path, kind, ".docx", vendor).content))
    assert word.inline_shapes[0]._inline.docPr.get("descr") == name


def test_it_is_a_figure_of_the_first_page_of_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "letterhead.png").write_bytes(png(120, 90))
    content = written(tmp_path, "package", ".pdf").content

    first = structure_of(content).all("Figure")[0]
    reader = pypdf.PdfReader(io.BytesIO(content))
    found = [reader.get_object(number) for number in sorted(reader.xref[0])]
    alternatives = [row["/Alt"] for row in found if isinstance(row, DictionaryObject) and "/Alt" in row]
    assert str(maple().district.name) in map(str, alternatives)
    assert first.words == ""
    assert poppler("pdfimages", content, "-list").splitlines()[2].split()[3:5] == ["120", "90"]


def test_a_package_has_one_on_its_cover_and_none_before_its_parts(tmp_path: Path) -> None:
    (tmp_path / "letterhead.png").write_bytes(png(120, 90))
    page = written(tmp_path, "package", ".html").content.decode()

    assert page.count(f'alt="{maple().district.name}"') == 1


def test_a_banner_goes_across_the_page_and_the_name_stands_below(tmp_path: Path) -> None:
    (tmp_path / "letterhead.png").write_bytes(png(1200, 150))
    word = docx.Document(io.BytesIO(written(tmp_path, "annual", ".docx").content))

    assert round(word.inline_shapes[0].width.pt) == 482
    assert word.paragraphs[0].text == ""
    assert word.paragraphs[1].text.startswith(example().district.name)
    assert 'width="643"' in written(tmp_path, "annual", ".html").content.decode()


def test_plain_formats_have_the_name_once_and_no_word_of_a_picture(tmp_path: Path) -> None:
    ours = {
        suffix: write_notice(example(), "annual", issued=example().valid_on, suffix=suffix)
        for suffix in (".md", ".txt")
    }
    (tmp_path / "letterhead.png").write_bytes(png(120, 90))

    for suffix, made in ours.items():
        assert written(tmp_path, "annual", suffix).content == made.content


def test_the_same_look_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "letterhead.png").write_bytes(png(120, 90))

    for suffix in (".html", ".pdf", ".docx"):
        assert written(tmp_path, "annual", suffix).content == written(tmp_path, "annual", suffix).content


WHOLE = png(40, 30)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080020004001011100ffd9")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("letterhead.png", b"hello", "not a picture that Word, a browser and a PDF can all show"),
        ("letterhead.png", b"", "not a picture"),
        ("letterhead.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        ("letterhead.png", b"GIF89a\x01\x00\x01\x00", "not a picture"),
        ("letterhead.png", WHOLE[:-20], "cut off or damaged"),
        ("letterhead.png", WHOLE[:50], "cut off or damaged"),
        ("letterhead.png", WHOLE.replace(b"IDAT", b"IDAX"), "cut off or damaged"),
        ("letterhead.png", WHOLE + b"<script>", "something else stands behind it"),
        ("letterhead.png", png(40, 30)[:33] + zlib.compress(b"x"), "cut off or damaged"),
        ("letterhead.jpg", JPEG, "the typesetter can't read it"),
        ("letterhead.jpg", JPEG[:-2], "cut off or damaged"),
        ("letterhead.jpg", JPEG.replace(b"JFIF", b"Adob"), "made for a press"),
        ("letterhead.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_whole_picture_is_refused_by_its_place(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LookError) as caught:
        read_look(tmp_path)

    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert said in str(caught.value)


def test_two_letterheads_are_one_too_many_and_another_kind_of_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "letterhead.png").write_bytes(WHOLE)
    (tmp_path / "letterhead.jpg").write_bytes(JPEG)
    with pytest.raises(LookError, match=r"letterhead\.jpg: There is letterhead\.png too"):
        read_look(tmp_path)

    (tmp_path / "letterhead.jpg").unlink()
    (tmp_path / "letterhead.svg").write_bytes(b"<svg/>")
    with pytest.raises(LookError, match=r"letterhead\.svg: .*Did you mean letterhead\.png"):
        read_look(tmp_path)


def drop_the_complaint(folder: Path) -> None:
    """Put a template into a look that is ours without any word of the complaint to the Department."""
    source = (assets.folder("reports") / "notice" / "annual.md.j2").read_text(encoding="utf-8")
    start = source.index(COMPLAINT)
    source = source[:start] + source[source.index("{% if notice.directory %}", start) :]
    start = source.index('## {{ _("4. The right')
    source = source[:start] + source[source.index("{% if notice.directory %}\n## ") :]
    (folder / "notice").mkdir()
    (folder / "notice" / "annual.md.j2").write_text(source, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("kind", ["annual", "package"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_words_of_its_own_that_drop_an_item_of_99_7_refuse_the_notice(kind: str, language: str, tmp_path: Path) -> None:
    drop_the_complaint(tmp_path)
    with pytest.raises(DocumentHoleError) as caught:
        write_notice(maple(), kind, issued=MAPLE_DAY, look=read_look(tmp_path), language=language)

    [(place, why)] = caught.value.holes
    assert place == str(tmp_path)
    assert why.startswith("34 CFR 99.7(a)(2)(iv): ")
    assert "Say it in the words or the template there" in str(caught.value)


def test_a_draft_is_written_without_the_item_and_says_that_it_is_one(tmp_path: Path) -> None:
    drop_the_complaint(tmp_path)
    made = written(tmp_path, "annual", ".txt", draft=True)

    assert made.gaps == ("34 CFR 99.7(a)(2)(iv)",)
    assert "DRAFT" in made.content.decode()


def test_a_sentence_of_its_own_may_drop_an_item_too(tmp_path: Path) -> None:
    said = (
        "You have the right to file a complaint with the U.S. Department of Education if you believe that we failed to "
        "comply with FERPA. Do so within %(days)s days of the day on which it happened, or on which you learned of it. "
        "The office is:"
    )
    glance = "You have the right to file a complaint with the U.S. Department of Education."
    rows = f'language,sentence,instead\nen,{glance},Talk to us.\nen,"{said}",Talk to us within %(days)s days.\n'
    (tmp_path / "sentences.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(DocumentHoleError, match=r"99\.7\(a\)\(2\)\(iv\)"):
        written(tmp_path, "annual", ".txt")
    assert written(tmp_path, "annual", ".txt", language="es").gaps == ()


def test_the_letterhead_in_word_is_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "letterhead.png").write_bytes(png(120, 90))
    with zipfile.ZipFile(io.BytesIO(written(tmp_path, "annual", ".docx").content)) as archive:
        held = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]

    assert png(120, 90) in held
