"""The look and the numbering of a document in Word: the styles of shared/style.css in Word's own words.

Headings, title and lists are Word's own, so that a screen reader and the navigation pane find them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor

from dataflows.reporting.tree import direction_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

INK, SOFT, ACCENT, PANEL, RIM, ALARM = "1D2429", "4F5B62", "0B5967", "F0F5F5", "B9C7C9", "A1260D"
PLAIN, DISPLAY, FIXED = "Calibri", "Palatino Linotype", "Consolas"
BULLETS, BARE = 1, 2
"""The numbers of the two lists without numbers; numbered ones get numbers from 3 on."""
_SIZES = {"Title": 24.0, "Heading 2": 15.0, "Heading 3": 11.5, "Heading 4": 11.0, "Heading 5": 11.0, "Heading 6": 11.0}
DENSE = "Dense"
"""The style of what has to fit one page."""
_TITLE_LEVEL = "0"


def set_styles(word: WordDocument, language: str) -> None:
    """Give Word's own styles our look, and the whole document its language."""
    normal = word.styles["Normal"]
    _set_font(normal, PLAIN, 11.0, INK)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.12
    for name, size in _SIZES.items():
        style = word.styles[name]
        is_display = name in ("Title", "Heading 2")
        _set_font(style, DISPLAY if is_display else PLAIN, size, ACCENT if name == "Heading 2" else INK)
        style.font.bold = style.font.cs_bold = name != "Title"
        style.font.italic = style.font.cs_italic = False
        style.paragraph_format.space_before = Pt(18 if is_display else 11)
        style.paragraph_format.space_after = Pt(5 if is_display else 3)
        style.paragraph_format.keep_with_next = True
    _make_title_a_heading(word.styles["Title"])
    dense = word.styles.add_style(DENSE, WD_STYLE_TYPE.PARAGRAPH)
    dense.base_style = normal
    _set_font(dense, PLAIN, 9.0, INK)
    dense.paragraph_format.space_after, dense.paragraph_format.line_spacing = Pt(3), 1.0
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor.from_string(ACCENT), True
    _set_language(word, language)
    _set_page(word, language)
    _set_numbering(word)


def fit_one_page(word: WordDocument) -> None:
    """Set all a little closer, and let the page begin higher: such a document has one page."""
    section, normal, title = word.sections[0], word.styles["Normal"], word.styles["Title"]
    section.top_margin, section.bottom_margin = Inches(0.55), Inches(0.6)
    section.header_distance = section.footer_distance = Inches(0.3)
    _set_font(normal, PLAIN, 10.0, INK)
    _set_font(title, DISPLAY, 20.0, INK)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.0, Pt(5)
    title.paragraph_format.space_before = Pt(4)
    _set_font(word.styles["Heading 2"], DISPLAY, 12.5, ACCENT)
    word.styles["Heading 2"].paragraph_format.space_before = Pt(8)


def set_draft(word: WordDocument, mark: str) -> None:
    """Put a word at the top of every page, where there is one."""
    if not mark:
        return
    line = word.sections[0].header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(mark)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(14), True, RGBColor.from_string(ALARM)


def _set_font(style: Any, face: str, size: float, color: str) -> None:
    style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(color)
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    other = OxmlElement("w:szCs")
    other.set(qn("w:val"), str(round(size * 2)))
    properties.find(qn("w:sz")).addnext(other)
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), face)
    for tag in ("w:spacing", "w:kern"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)


def _make_title_a_heading(title: Any) -> None:
    """Put the title at the top of the outline, and take away the line that the template draws below it."""
    properties = title.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), _TITLE_LEVEL)
    properties.append(level)


def _set_language(word: WordDocument, language: str) -> None:
    found = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in found.findall(qn("w:lang")):
        found.remove(old)
    found.append(language_mark(language))
    for old in word.settings.element.findall(qn("w:themeFontLang")):
        name = "bidi" if direction_of(language) == "rtl" else "val"
        old.attrib.clear()
        old.set(qn(f"w:{name}"), language)


def language_mark(language: str) -> Any:
    """Return the element that says in which language a run is."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    if direction_of(language) == "rtl":
        mark.set(qn("w:bidi"), language)
    return mark


def _set_page(word: WordDocument, language: str) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(0.95)
    section.top_margin, section.bottom_margin = Inches(0.8), Inches(0.85)
    if direction_of(language) == "rtl":
        grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - the library has no name for it
        grid.addprevious(OxmlElement("w:bidi"))
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.alignment = None
    for instruction in ("PAGE", "NUMPAGES"):
        if instruction == "NUMPAGES":
            footer.add_run(" / ")
        field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        footer._p.append(field)  # noqa: SLF001
    side = OxmlElement("w:jc")
    side.set(qn("w:val"), "right")
    footer._p.get_or_add_pPr().append(side)  # noqa: SLF001


def _set_numbering(word: WordDocument) -> None:
    """Replace the template's lists by three of ours: bullets, no sign at all, numbers."""
    root = word.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    signs = {BULLETS: ("bullet", "•", 360), BARE: ("none", "", 0), 3: ("decimal", "%1.", 360)}
    for number, (form, sign, indent) in signs.items():
        root.append(_abstract(number, form, sign, indent))
    for number in (BULLETS, BARE):
        root.append(_number(number, number, None))


def _abstract(number: int, form: str, sign: str, indent: int) -> Any:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{"tab" if indent else "nothing"}"/>'
        f'<w:lvlText w:val="{sign.replace("1", str(level + 1))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent * (level + 1)}" w:hanging="{indent}"/></w:pPr>'
        f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr></w:lvl>'
        for level in range(9)
    )
    kind = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>')


def _number(number: int, abstract: int, start: int | None) -> Any:
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start is not None else ""
    )
    return parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
    )


def add_numbers(word: WordDocument, start: int) -> int:
    """Return a new numbered list that begins with `start`: each list counts for itself."""
    root = word.part.numbering_part.element
    number = len(root.findall(qn("w:num"))) + 1
    root.append(_number(number, 3, start))
    return number
