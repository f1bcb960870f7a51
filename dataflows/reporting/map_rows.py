"""The rows of the map's table, as its script writes them too; by hand, for there may be thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from dataflows.model.sensitivities import SENSITIVITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataflows.maps.page.rows import PageCell, PageRow
    from dataflows.maps.page.shapes import PageView


def write_rows(view: PageView, rows: Iterable[PageRow], said: Mapping[str, Any]) -> Markup:
    """Return the rows; each text of the catalog is escaped here."""
    writer = _Writer(view, said)
    return Markup("\n").join(writer.row(row) for row in rows)


class _Writer:
    """Writes rows in the words of the page."""

    def __init__(self, view: PageView, said: Mapping[str, Any]) -> None:
        self._said, self._table = said, said["table"]
        self._columns = [escape(column.name) for column in view.columns]
        self._sizes = [column.size for column in view.columns]
        self._levels = [SENSITIVITIES[column.level] for column in view.columns]
        self._cells: dict[PageCell, str] = {}
        """Many parties have a cell alike."""

    def row(self, row: PageRow) -> Markup:
        """Return one row."""
        party = row.party
        kind = party.kind if row.is_counted else self._table["uncounted"].format(kind=party.kind)
        name = f'<span class="name"><bdi>{escape(party.name)}</bdi></span> <span class="kind">{escape(kind)}</span>'
        cells = (("gets", self._gets(row)), ("basis", self._bases(row)), ("findings", self._findings(row)))
        told = "".join(f'<td data-label="{escape(self._table[head])}">{text}</td>' for head, text in cells)
        return Markup(f'<tr><th scope="row">{name}</th>{told}</tr>')  # noqa: S704 - escaped above

    def _gets(self, row: PageRow) -> str:
        passes = ""
        if row.passes_to:
            passes = escape(self._table["passes"].format(names=", ".join(row.passes_to)))
            passes = f'<p class="passes">{passes}</p>'
        if row.cells:
            return f'<ul class="gets">{"".join(map(self._cell, row.cells))}</ul>{passes}'
        return f'<p class="quiet">{escape(self._table["nothing"])}</p>{passes}' if passes else ""

    def _cell(self, cell: PageCell) -> str:
        if cell not in self._cells:
            level, letters, marks = self._levels[cell.column], self._said["letters"], self._said["marks"]
            drawn = "".join(
                f'<span class="mark {mark} {level}" aria-hidden="true">{letters[mark]}</span>' for mark in cell.marks
            )
            how = escape(", ".join(marks[mark] for mark in cell.marks))
            part = escape(self._table["fraction"].format(count=cell.amount, size=self._sizes[cell.column]))
            named = f'<span class="data">{self._columns[cell.column]}</span> <span class="part">{part}</span>'
            self._cells[cell] = f'<li>{drawn}<span class="said">{how}: </span>{named}</li>'
        return self._cells[cell]

    def _bases(self, row: PageRow) -> str:
        if not row.bases:
            return f'<span class="quiet">{escape(self._table["no_basis"])}</span>'
        return " ".join(f'<span class="basis">{escape(basis)}</span>' for basis in row.bases)

    def _findings(self, row: PageRow) -> str:
        if not any(row.findings):
            return f'<span class="quiet">{escape(self._table["no_findings"])}</span>'
        counted = zip(row.findings, self._said["severities"], strict=True)
        return ", ".join(
            f'<span class="finding">{count} {escape(many if count > 1 else one)}</span>'
            for count, (one, many) in counted
            if count
        )
