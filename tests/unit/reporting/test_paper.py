"""What both formats on paper decide alike: no word is wider than its column, no line that leads on is left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dataflows.reporting.dialect import parse_template_output
from dataflows.reporting.tree import build_tree, plain_text
from dataflows.reporting.writers.paper import column_shares, with_next

WORDS = st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)
LINE = 95


@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_each_column_has_room_for_its_longest_word(rows: list[list[str]]) -> None:
    head = ["Why"] * len(rows[0])
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    [table] = build_tree(parse_template_output("\n".join(lines))).children
    shares = column_shares(table)

    for place, share in enumerate(shares):
        longest = max(len(word) for row in rows for word in row[place].split())
        assert share * LINE / sum(shares) > longest


def led(markdown: str) -> list[str]:
    tree = build_tree(parse_template_output(markdown))
    return [plain_text(node) for node, is_leading in with_next(tree.children) if is_leading]


def test_a_line_stays_with_the_list_or_table_or_the_first_part_that_it_leads_to() -> None:
    assert led("Lead.\n\n- a\n\nLead too.\n\n| a |\n| --- |\n| b |\n\nAlone.\n\nAlone.") == ["Lead.", "Lead too."]
    assert led("## Head\n\nOf several parts.\n\n### One\n\nText.\n\n## Next") == ["Of several parts."]
