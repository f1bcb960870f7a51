"""What each template sees beside `document`: its variables, each with the type that its view has.

`make_document` hands over these and nothing else, so the reference page that is made from this list
(docs/reference/templates.md) can't fall behind.
"""

from __future__ import annotations

from dataflows.errors import DataflowsError

_POSTING = {"posting": "PostingView"}
SEEN: dict[str, dict[str, str]] = {
    "notice/annual.md.j2": {"notice": "AnnualNoticeView"},
    "notice/vendor-letter.md.j2": {"letter": "VendorLetterView"},
    "notice/disclosures.md.j2": {"notice": "DisclosuresView", "picture": "FlowPictureView | None"},
    "notice/directory.md.j2": {"notice": "DirectoryNoticeView"},
    "notice/ppra.md.j2": {"notice": "PpraView"},
    "notice/recruiters.md.j2": {"notice": "RecruiterNoticeView"},
    "notice/disclosures-summary.md.j2": {"notice": "SummaryView"},
    "notice/disposition.md.j2": {"notice": "DispositionView"},
    "notice/package.md.j2": {},
    "notice/checklist.md.j2": {"notice": "ChecklistView"},
    "notice/breach.md.j2": {"letter": "BreachLetterView"},
    "notice/changes.md.j2": {"changes": "ChangesView"},
    "incident/sheet.md.j2": {"sheet": "IncidentSheetView"},
    "posting/ca-contract-checklist.md.j2": {
        "contracts": "tuple[ContractView, ...]",
        "whole": "int",
        "without": "tuple[str, ...]",
        "law": "str",
    },
    "posting/co-transparency.md.j2": _POSTING,
    "posting/ct-contract-notice.md.j2": _POSTING,
    "posting/ct-annual-url.md.j2": {"page": "str | None", "law": "str"},
    "posting/il-soppa.md.j2": _POSTING,
    "posting/la-transfers.md.j2": _POSTING,
    "posting/md-digital-tools.md.j2": {
        "approved": "tuple[ToolView, ...]",
        "unapproved": "tuple[ToolView, ...]",
        "undecided": "tuple[ToolView, ...]",
        "law": "str",
    },
    "posting/md-governance.md.j2": _POSTING,
    "posting/mn-annual-contracts.md.j2": _POSTING,
    "posting/ny-bill-of-rights.md.j2": {
        **_POSTING,
        "bill": "Told | None",
        "complaints": "ContactView | None",
        "complaint_procedure": "Told | None",
        "security_policy": "str | None",
        "law": "str",
    },
    "posting/ny-supplement.md.j2": _POSTING,
    "posting/oh-annual-contracts.md.j2": _POSTING,
    "posting/oh-annual-monitoring.md.j2": {"rows": "tuple[WatchedView, ...]", "law": "str"},
    "posting/ut-metadata-dictionary.md.j2": {
        **_POSTING,
        "elements": "tuple[DefinedView, ...]",
        "tells_necessity": "bool",
        "recipients": "tuple[RecipientView, ...]",
        "law": "str",
    },
}
"""By template; the types are classes of this package's views, by name."""
MEANINGS = {
    "document": "what every document says of itself and of the district",
    "notice": "all that this notice says",
    "picture": "what the picture of how much of what goes where shows",
    "letter": "all that this letter says",
    "changes": "all that changed between two years",
    "sheet": "all that the sheet says",
    "posting": "all that the posting says",
    "law": "the citation of what asks for the posting",
    "contracts": "the contracts, by name",
    "whole": "how many of them have every term on record",
    "without": "the names of those who get data without a contract",
    "page": "the address of the page with the contracts",
    "approved": "the tools that may be used",
    "unapproved": "those that may not",
    "undecided": "those of which nothing is decided",
    "bill": "the district's text of the bill of rights",
    "complaints": "whom to complain to",
    "complaint_procedure": "how complaints are handled",
    "security_policy": "the address of the policy on security",
    "rows": "what is watched on school devices",
    "elements": "each kind of data, defined",
    "tells_necessity": "whether any of them says why it is needed",
    "recipients": "who gets data, and all that each gets",
}
"""What each variable is."""


class UnseenViewError(DataflowsError):
    """A template was given other variables than those that the reference page lists; a fault of the program."""

    def __init__(self, template: str, given: set[str]) -> None:
        super().__init__(f"{template} was given {sorted(given)}, and sees {sorted(SEEN.get(template, ()))}.")


def check_seen(template: str, given: set[str]) -> None:
    """Raise UnseenViewError unless a template is given its variables and no other."""
    if given != set(SEEN.get(template, ())):
        raise UnseenViewError(template, given)
