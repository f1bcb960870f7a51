"""Which fields of the catalog the portal may show: the one list, and the catalog cut down to it.

The one thing to know: everything in the site is made from what `public_bodies` returns, pages, maps,
letters and files of data alike.  A field that is not named here is not there to be shown, so a new
field stays inside until somebody puts it on this list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Bodies = dict[str, list[tuple[str, dict[str, Any]]]]

_GUIDANCE = ("guidance.topic", "guidance.text", "guidance.url")
PUBLIC: dict[str, tuple[str, ...]] = {
    "district": (
        "id", "name", "state", "nces_id", "url", "home_languages", "esea",
        "school_year.starts", "school_year.midyear", "school_year.ends",
        "policies.school_official_criteria", "policies.legitimate_educational_interest",
        "policies.inspection_procedure", "policies.amendment_procedure", "policies.transfer_statement",
        "policies.recruiter_notice", "policies.ppra_policy", "policies.copy_procedure",
        "policies.deletion_procedure", "policies.complaint_procedure", "policies.bill_of_rights",
        "policies.breach_policy",
        "policies.directory_information.elements", "policies.directory_information.school_year",
        "policies.directory_information.opt_out_by", "policies.directory_information.opt_out_contact",
        "policies.directory_information.limited_to.parties", "policies.directory_information.limited_to.purposes",
        "policies.directory_information.recipients",
        *_GUIDANCE,
        "links.state_data_inventory", "links.governance_plan", "links.privacy_page",
    ),
    "contacts": ("role", "title", "email", "phone", "url", "address"),
    "regulations": ("id", "title", "about", "url"),
    "schools": ("id", "name", "grades"),
    "elements": (
        "id", "name", "category", "broader", "sensitivity", "definition", "necessity", "also_called",
    ),
    "vendors": (
        "id", "name", "aliases", "domains", "url", "privacy_url", "terms_url", "transparency_url",
        "subcontractors_url", "profile", "category", "nonprofit", "country",
        "products.id", "products.name", "products.student_data", "products.status", "products.grades",
        "products.required_use",
        "seals.by", "seals.kind", "seals.scope", "seals.issued", "seals.expires", "seals.url",
        *_GUIDANCE,
    ),
    "parties": ("id", "name", "kind", "level"),
    "agreements": (
        "id", "vendor", "kind", "effective", "expires", "document_url", "posted_on",
        "terms.use_limited_to_purpose", "terms.direct_control", "terms.redisclosure_prohibited",
        "terms.sale_prohibited", "terms.advertising_prohibited", "terms.profiling_limited",
        "terms.ai_training_prohibited", "terms.breach_notice_hours", "terms.deletion_days",
        "terms.deletion_certified", "terms.parent_access_days", "terms.audit_right",
    ),
    "flows": (
        "id", "from", "to", "via", "method", "elements", "purpose", "purpose_kind", "legal_basis", "onward_basis",
        "agreement", "product", "starts", "ends", "retention_days", "destroyed",
        "audience.schools", "audience.grades", "opt_out.allowed", "opt_out.how", "opt_out.contact",
        "consent.needed", "consent.kind", "consent.form_url",
    ),
    "releases": (),
    "notices": (),
    "waivers": (),
    "incidents": (),
    "requests": (),
    "monitoring": (),
    "publications": (),
}  # fmt: skip
"""By list, the fields that families and everybody else may read; of a list without any, no row is told."""

PUBLIC_ROLES = ("privacy_officer", "records_custodian", "opt_out", "complaints", "contract_inspection")
"""The offices that families turn to; who answers for security, or for a breach, is not on the site."""

_Allowed = dict[str, Any]
"""Names that lead to what is allowed below them, or to None where all of a value is."""


def public_bodies(bodies: Mapping[str, Iterable[tuple[str, dict[str, Any]]]]) -> Bodies:
    """Return the rows of a catalog with their public fields alone."""
    found: Bodies = {}
    for name, fields in PUBLIC.items():
        allowed = _tree(fields)
        rows = [(id, _cut(body, allowed)) for id, body in bodies.get(name, ()) if fields and _is_told(name, body)]
        if rows:
            found[name] = rows
    return found


def _is_told(name: str, body: Mapping[str, Any]) -> bool:
    return name != "contacts" or body.get("role") in PUBLIC_ROLES


def _tree(fields: Iterable[str]) -> _Allowed:
    tree: _Allowed = {}
    for field in fields:
        *path, last = field.split(".")
        here = tree
        for name in path:
            here = here.setdefault(name, {})
        here[last] = None
    return tree


def _cut(body: Mapping[str, Any], allowed: _Allowed) -> dict[str, Any]:
    return {name: _value(value, allowed[name]) for name, value in body.items() if name in allowed}


def _value(value: Any, allowed: _Allowed | None) -> Any:
    """Return what may be told of a value; a plain text in a list of rows is such a row's name."""
    if allowed is None:
        return _without_reviewers(value)
    if isinstance(value, list):
        return [_value(item, allowed) for item in value]
    return _cut(value, allowed) if isinstance(value, dict) else value


def _without_reviewers(value: Any) -> Any:
    """Leave out of a text by language who read the translations; that somebody did is told."""
    if isinstance(value, dict) and "reviewed" in value:
        days = {tag: {"date": row["date"]} if "date" in row else {} for tag, row in value["reviewed"].items()}
        return {**value, "reviewed": days}
    return value
