"""Each writer shows the same words, and none leaves anything out."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.tree import Kind, Node, UnknownTokenError, build_tree
from dataflows.reporting.writers.html import write_html
from dataflows.reporting.writers.markdown import write_markdown
from dataflows.reporting.writers.text import WIDTH, write_text
from tests.notices import read_page, words_of_markdown, words_of_text

SAMPLE = """
# Title

Text with *stress*, **weight**, `code`, [a link](<https://a.example/x>) and
a second line\\
a third.

- one
- two

  more

1. first
2. second

> quoted

| Kind | Why |
| --- | --- |
| a \\| b | long words that go on and on and on and on and on and on and on and on and on and on |

```
x = 1
```

***

::: contact
[hola]{lang=es} [שלום]{.apart}
:::
"""


def test_an_unknown_token_is_an_error_and_never_dropped() -> None:
    with pytest.raises(UnknownTokenError, match="footnote"):
        build_tree([Token("footnote_ref", "", 0)])
    with pytest.raises(UnknownTokenError, match="section lettehead"):
        build_tree(parse_template_output("::: lettehead\nx\n:::"))


@pytest.mark.parametrize("write", [write_html, write_markdown, write_text])
def test_a_node_out_of_place_is_an_error_in_every_format(write: object) -> None:
    assert callable(write)
    for inner in (
        Node(Kind.DOCUMENT),
        Node(Kind.TABLE, (Node(Kind.ITEM),)),
        Node(Kind.PARAGRAPH, (Node(Kind.DOCUMENT),)),
    ):
        with pytest.raises(UnknownTokenError):
            write(Node(Kind.DOCUMENT, (inner,)))


def test_all_formats_have_the_same_words() -> None:
    tree = build_tree(parse_template_output(SAMPLE))
    parts = write_html(tree)

    words = Counter(read_page(f"{parts.header}{parts.main}{parts.footer}").words)
    assert words_of_markdown(write_markdown(tree)) == words
    assert words_of_text(write_text(tree)) == words


def test_markdown_written_is_read_as_the_same_document() -> None:
    tree = build_tree(parse_template_output(SAMPLE.replace("::: contact\n", "").replace(":::\n", "")))
    plain = build_tree(parse_template_output(write_markdown(tree)))

    assert write_markdown(plain) == write_markdown(tree)


@given(st.text("ab*_`#[]<>|~\\-+1.): \n", max_size=60))
def test_what_is_text_stays_text_in_markdown(text: str) -> None:
    tree = build_tree(parse_template_output("x"))
    [paragraph] = tree.children
    words = " ".join(text.split())
    if words:
        tree = Node(Kind.DOCUMENT, (Node(Kind.PARAGRAPH, (Node(Kind.TEXT, text=words),)), paragraph))
        assert build_tree(parse_template_output(write_markdown(tree))) == tree


def test_html_is_whole_and_safe() -> None:
    parts = write_html(build_tree(parse_template_output(SAMPLE + "\n<script>alert(1)</script> &lt;\n\n# Title\n")))

    page = read_page(parts.main)
    assert page.faults == []
    assert "<script" not in parts.main
    assert ("th", {"scope": "row"}) in page.tags
    assert ("bdi", {}) in page.tags
    assert ("span", {"lang": "es", "dir": "ltr"}) in page.tags
    assert [values["id"] for tag, values in page.tags if tag == "h1"] == ["title", "title-2"]


def test_plain_text_keeps_to_its_width_and_lines_up_tables() -> None:
    text = write_text(build_tree(parse_template_output(SAMPLE)))

    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert "Kind   Why" in text
    assert "a link <https://a.example/x>" in text
