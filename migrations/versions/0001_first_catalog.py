"""The first catalog: tables of what is known now, the journal beside them, and the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

# ruff: noqa: E501  (the words of a choice stand on one line)
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TREE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "catalog_info",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.String(length=100), nullable=False),
        sa.CheckConstraint("number = 1", name=op.f("ck_catalog_info_one_row")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_catalog_info")),
    )
    op.create_table(
        "districts",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("nces_id", sa.String(length=100), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("home_languages", TREE, nullable=True),
        sa.Column("school_year", TREE, nullable=True),
        sa.Column("esea", sa.Boolean(), nullable=True),
        sa.Column("guidance", TREE, nullable=True),
        sa.Column("links", TREE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_districts_id_slug")),
        sa.CheckConstraint("length(state) = 2", name=op.f("ck_districts_state_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
    )
    op.create_table(
        "log_entries",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=100), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("program", sa.String(length=100), nullable=False),
        sa.Column("renames", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("versions", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("district", "number", name=op.f("pk_log_entries")),
    )
    op.create_table(
        "log_heads",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("district", name=op.f("pk_log_heads")),
    )
    op.create_table(
        "contacts",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint(
            "role = 'records_custodian' OR role = 'privacy_officer' OR role = 'opt_out' OR role = 'complaints' OR role = 'it_security' OR role = 'data_manager' OR role = 'contract_inspection' OR role = 'breach_response'",
            name=op.f("ck_contacts_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_contacts_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "role", name=op.f("pk_contacts")),
    )
    op.create_table(
        "elements",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("name", TREE, nullable=True),
        sa.Column("category", sa.String(length=100), nullable=True),
        sa.Column("broader", sa.String(length=100), nullable=True),
        sa.Column("sensitivity", sa.String(length=100), nullable=True),
        sa.Column("definition", TREE, nullable=True),
        sa.Column("necessity", sa.String(length=100), nullable=True),
        sa.Column("also_called", TREE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint(
            "sensitivity = 'low' OR sensitivity = 'medium' OR sensitivity = 'high' OR sensitivity = 'critical'",
            name=op.f("ck_elements_sensitivity_known"),
        ),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_elements_id_slug")),
        sa.ForeignKeyConstraint(
            ["district", "broader"],
            ["elements.district", "elements.id"],
            name=op.f("fk_elements_district_broader"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_elements_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_elements")),
    )
    op.create_table(
        "journal",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("list", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("retired_by", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("retired_by > recorded_by", name=op.f("ck_journal_retired_after_recorded")),
        sa.ForeignKeyConstraint(
            ["district", "recorded_by"],
            ["log_entries.district", "log_entries.number"],
            name=op.f("fk_journal_district_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "list", "id", "recorded_by", name=op.f("pk_journal")),
    )
    op.create_index(
        "uq_journal_current",
        "journal",
        ["district", "list", "id"],
        unique=True,
        sqlite_where=sa.text("retired_by IS NULL"),
        postgresql_where=sa.text("retired_by IS NULL"),
    )
    op.create_table(
        "monitoring",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("features", TREE, nullable=True),
        sa.Column("purpose", TREE, nullable=False),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_monitoring_id_slug")),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_monitoring_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_monitoring")),
    )
    op.create_table(
        "notices",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("school_year", sa.String(length=100), nullable=True),
        sa.Column("languages", TREE, nullable=True),
        sa.Column("means", TREE, nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("document_sha256", sa.String(length=100), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_notices_id_slug")),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_notices_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_notices")),
    )
    op.create_table(
        "parties",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=100), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint(
            "kind = 'district' OR kind = 'students' OR kind = 'vendor' OR kind = 'agency' OR kind = 'researcher' OR kind = 'college' OR kind = 'school' OR kind = 'court' OR kind = 'law-enforcement' OR kind = 'accreditor' OR kind = 'aid-provider' OR kind = 'recruiter' OR kind = 'child-welfare' OR kind = 'volunteer' OR kind = 'service-agency' OR kind = 'consortium' OR kind = 'clearinghouse' OR kind = 'foundation' OR kind = 'public' OR kind = 'other'",
            name=op.f("ck_parties_kind_known"),
        ),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_parties_id_slug")),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_parties_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_parties")),
    )
    op.create_table(
        "policies",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("text", TREE, nullable=False),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_policies_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "name", name=op.f("pk_policies")),
    )
    op.create_table(
        "regulations",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("title", TREE, nullable=False),
        sa.Column("about", TREE, nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_regulations_id_slug")),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_regulations_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_regulations")),
    )
    op.create_table(
        "requests",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_requests_id_slug")),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_requests_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_requests")),
    )
    op.create_table(
        "schools",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nces_id", sa.String(length=100), nullable=True),
        sa.Column("grades", sa.String(length=100), nullable=True),
        sa.Column("enrollment", TREE, nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_schools_id_slug")),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_schools_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_schools")),
    )
    op.create_table(
        "waivers",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("rule", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.ForeignKeyConstraint(
            ["district"], ["districts.id"], name=op.f("fk_waivers_district"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("district", "rule", "subject", name=op.f("pk_waivers")),
    )
    op.create_table(
        "agreements",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("vendor", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("signed", sa.Date(), nullable=True),
        sa.Column("products", TREE, nullable=True),
        sa.Column("document_url", sa.Text(), nullable=True),
        sa.Column("document_sha256", sa.String(length=100), nullable=True),
        sa.Column("redacted", sa.Boolean(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("supersedes", sa.String(length=100), nullable=True),
        sa.Column("origin", TREE, nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("amendments", TREE, nullable=True),
        sa.Column("audited_on", sa.Date(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("adopted_from", TREE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint(
            "kind = 'ndpa' OR kind = 'dpa' OR kind = 'terms' OR kind = 'mou' OR kind = 'consent' OR kind = 'research' OR kind = 'audit'",
            name=op.f("ck_agreements_kind_known"),
        ),
        sa.CheckConstraint("expires >= effective", name=op.f("ck_agreements_days_in_order")),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_agreements_id_slug")),
        sa.ForeignKeyConstraint(
            ["district", "supersedes"],
            ["agreements.district", "agreements.id"],
            name=op.f("fk_agreements_district_supersedes"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "vendor"],
            ["parties.district", "parties.id"],
            name=op.f("fk_agreements_district_vendor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_agreements")),
    )
    op.create_index(op.f("ix_agreements_district_vendor"), "agreements", ["district", "vendor"], unique=False)
    op.create_table(
        "directory_designations",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("element", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "element"],
            ["elements.district", "elements.id"],
            name=op.f("fk_directory_designations_district_element"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district"],
            ["districts.id"],
            name=op.f("fk_directory_designations_district"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "element", name=op.f("pk_directory_designations")),
    )
    op.create_table(
        "incidents",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("party", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=True),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("vendor_discovered", sa.String(length=100), nullable=True),
        sa.Column("vendor_notified", sa.String(length=100), nullable=True),
        sa.Column("discovered", sa.String(length=100), nullable=False),
        sa.Column("determined", sa.String(length=100), nullable=True),
        sa.Column("students", sa.Integer(), nullable=True),
        sa.Column("students_former", sa.Integer(), nullable=True),
        sa.Column("staff_too", sa.Boolean(), nullable=True),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("notices", TREE, nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_incidents_id_slug")),
        sa.ForeignKeyConstraint(
            ["district", "party"],
            ["parties.district", "parties.id"],
            name=op.f("fk_incidents_district_party"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_incidents")),
    )
    op.create_table(
        "vendors",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", TREE, nullable=True),
        sa.Column("domains", TREE, nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("privacy_url", sa.Text(), nullable=True),
        sa.Column("terms_url", sa.Text(), nullable=True),
        sa.Column("transparency_url", sa.Text(), nullable=True),
        sa.Column("subcontractors_url", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("profile", TREE, nullable=True),
        sa.Column("category", sa.String(length=100), nullable=True),
        sa.Column("relationship", sa.String(length=100), nullable=True),
        sa.Column("nonprofit", sa.Boolean(), nullable=True),
        sa.Column("country", sa.String(length=100), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("contacts", TREE, nullable=True),
        sa.Column("seals", TREE, nullable=True),
        sa.Column("adopted_from", TREE, nullable=True),
        sa.Column("coppa", TREE, nullable=True),
        sa.Column("barred", TREE, nullable=True),
        sa.Column("guidance", TREE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.ForeignKeyConstraint(
            ["district", "id"],
            ["parties.district", "parties.id"],
            name=op.f("fk_vendors_district_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_vendors")),
    )
    op.create_table(
        "agreement_elements",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("agreement", sa.String(length=100), nullable=False),
        sa.Column("element", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "agreement"],
            ["agreements.district", "agreements.id"],
            name=op.f("fk_agreement_elements_district_agreement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "element"],
            ["elements.district", "elements.id"],
            name=op.f("fk_agreement_elements_district_element"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "agreement", "element", name=op.f("pk_agreement_elements")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agreement_subprocessors",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("agreement", sa.String(length=100), nullable=False),
        sa.Column("party", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "agreement"],
            ["agreements.district", "agreements.id"],
            name=op.f("fk_agreement_subprocessors_district_agreement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "party"],
            ["parties.district", "parties.id"],
            name=op.f("fk_agreement_subprocessors_district_party"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "agreement", "party", name=op.f("pk_agreement_subprocessors")),
    )
    op.create_table(
        "agreement_terms",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("agreement", sa.String(length=100), nullable=False),
        sa.Column("term", sa.String(length=100), nullable=False),
        sa.Column("value", TREE, nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "agreement"],
            ["agreements.district", "agreements.id"],
            name=op.f("fk_agreement_terms_district_agreement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "agreement", "term", name=op.f("pk_agreement_terms")),
    )
    op.create_table(
        "flows",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("receiver", sa.String(length=100), nullable=False),
        sa.Column("via", sa.String(length=100), nullable=True),
        sa.Column("method", sa.String(length=100), nullable=True),
        sa.Column("purpose", TREE, nullable=True),
        sa.Column("purpose_kind", sa.String(length=100), nullable=True),
        sa.Column("legal_basis", sa.String(length=100), nullable=True),
        sa.Column("onward_basis", sa.String(length=100), nullable=True),
        sa.Column("recipient_told", sa.Date(), nullable=True),
        sa.Column("deidentification", TREE, nullable=True),
        sa.Column("agreement", sa.String(length=100), nullable=True),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=100), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("destroyed", sa.Date(), nullable=True),
        sa.Column("reviewed", sa.Date(), nullable=True),
        sa.Column("audience", TREE, nullable=True),
        sa.Column("opt_out", TREE, nullable=True),
        sa.Column("consent", TREE, nullable=True),
        sa.Column("mandate", sa.String(length=100), nullable=True),
        sa.Column("mandate_cite", sa.Text(), nullable=True),
        sa.Column("data_source", sa.String(length=100), nullable=True),
        sa.Column("survey", TREE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint(
            "channel = 'oneroster' OR channel = 'lti' OR channel = 'saml' OR channel = 'api' OR channel = 'sftp' OR channel = 'upload' OR channel = 'email' OR channel = 'paper' OR channel = 'browser' OR channel = 'app'",
            name=op.f("ck_flows_channel_known"),
        ),
        sa.CheckConstraint(
            "method = 'provided' OR method = 'collected' OR method = 'contributed'", name=op.f("ck_flows_method_known")
        ),
        sa.CheckConstraint(
            "purpose_kind = 'instruction' OR purpose_kind = 'assessment' OR purpose_kind = 'rostering' OR purpose_kind = 'communication' OR purpose_kind = 'operations' OR purpose_kind = 'safety' OR purpose_kind = 'transport' OR purpose_kind = 'meals' OR purpose_kind = 'health' OR purpose_kind = 'hosting' OR purpose_kind = 'security' OR purpose_kind = 'support' OR purpose_kind = 'study' OR purpose_kind = 'audit' OR purpose_kind = 'transfer' OR purpose_kind = 'reporting' OR purpose_kind = 'marketing' OR purpose_kind = 'advertising' OR purpose_kind = 'product-development' OR purpose_kind = 'other'",
            name=op.f("ck_flows_purpose_kind_known"),
        ),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_flows_days_in_order")),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_flows_id_slug")),
        sa.CheckConstraint("retention_days >= 0", name=op.f("ck_flows_retention_days_positive")),
        sa.CheckConstraint("sender <> receiver", name=op.f("ck_flows_two_parties")),
        sa.ForeignKeyConstraint(
            ["district", "agreement"],
            ["agreements.district", "agreements.id"],
            name=op.f("fk_flows_district_agreement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "receiver"],
            ["parties.district", "parties.id"],
            name=op.f("fk_flows_district_receiver"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "sender"],
            ["parties.district", "parties.id"],
            name=op.f("fk_flows_district_sender"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "via"],
            ["vendors.district", "vendors.id"],
            name=op.f("fk_flows_district_via"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_flows")),
    )
    op.create_index(op.f("ix_flows_district_agreement"), "flows", ["district", "agreement"], unique=False)
    op.create_table(
        "incident_elements",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("incident", sa.String(length=100), nullable=False),
        sa.Column("element", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "element"],
            ["elements.district", "elements.id"],
            name=op.f("fk_incident_elements_district_element"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "incident"],
            ["incidents.district", "incidents.id"],
            name=op.f("fk_incident_elements_district_incident"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "incident", "element", name=op.f("pk_incident_elements")),
    )
    op.create_table(
        "products",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("vendor", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("student_data", sa.String(length=100), nullable=True),
        sa.Column("status", sa.String(length=100), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("required_use", sa.Boolean(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("grades", sa.String(length=100), nullable=True),
        sa.Column("hosted", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["district", "vendor"],
            ["vendors.district", "vendors.id"],
            name=op.f("fk_products_district_vendor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "vendor", "position", name=op.f("pk_products")),
    )
    op.create_table(
        "flow_elements",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("flow", sa.String(length=100), nullable=False),
        sa.Column("element", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "element"],
            ["elements.district", "elements.id"],
            name=op.f("fk_flow_elements_district_element"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "flow"],
            ["flows.district", "flows.id"],
            name=op.f("fk_flow_elements_district_flow"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "flow", "element", name=op.f("pk_flow_elements")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_flow_elements_district_element_flow"), "flow_elements", ["district", "element", "flow"], unique=False
    )
    op.create_table(
        "flow_required_elements",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("flow", sa.String(length=100), nullable=False),
        sa.Column("element", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "element"],
            ["elements.district", "elements.id"],
            name=op.f("fk_flow_required_elements_district_element"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "flow"],
            ["flows.district", "flows.id"],
            name=op.f("fk_flow_required_elements_district_flow"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "flow", "element", name=op.f("pk_flow_required_elements")),
    )
    op.create_table(
        "flow_schools",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("flow", sa.String(length=100), nullable=False),
        sa.Column("school", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "flow"],
            ["flows.district", "flows.id"],
            name=op.f("fk_flow_schools_district_flow"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "school"],
            ["schools.district", "schools.id"],
            name=op.f("fk_flow_schools_district_school"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "flow", "school", name=op.f("pk_flow_schools")),
    )
    op.create_table(
        "releases",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("flow", sa.String(length=100), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=True),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("threat", sa.Text(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sources", TREE, nullable=True),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 100 AND id = lower(id)", name=op.f("ck_releases_id_slug")),
        sa.ForeignKeyConstraint(
            ["district", "flow"],
            ["flows.district", "flows.id"],
            name=op.f("fk_releases_district_flow"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_releases")),
    )
    op.create_table(
        "release_parties",
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("release", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("party", sa.String(length=100), nullable=False),
        sa.CheckConstraint(
            "role = 'parties' OR role = 'redisclosed_to' OR role = 'may_redisclose'",
            name=op.f("ck_release_parties_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["district", "party"],
            ["parties.district", "parties.id"],
            name=op.f("fk_release_parties_district_party"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["district", "release"],
            ["releases.district", "releases.id"],
            name=op.f("fk_release_parties_district_release"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("district", "release", "role", "party", name=op.f("pk_release_parties")),
    )
