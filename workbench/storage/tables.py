"""The tables. Moments are UTC in ISO 8601, documents are JSON text, digests name their algorithm (``sha256:…``).

A change of anything here needs a migration (``workbench/storage/migrations``); a test compares both.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# What the databases hold in a whole number.
LARGEST_NUMBER = 2**31 - 1
# Constraints have names of their own: a migration can speak of them on either database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The tree of institutions; ``path`` holds the ids from the root down, each with a slash before and after: /yn/km/…/.
units = Table(
    "units",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("parent", String(64), ForeignKey("units.id")),
    Column("path", String(600), nullable=False, index=True),
    Column(
        "region", Text, nullable=False, default="[]"
    ),  # names from the province down, as a submission states them
)

# The system's operators, the only persons that it knows: a login name, a unit and a role, no more.
accounts = Table(
    "accounts",
    metadata,
    Column("login", String(64), primary_key=True),
    Column("unit", String(64), ForeignKey("units.id")),
    Column("role", String(32)),
    Column("password", Text),
    Column("identity", String(255), unique=True),  # digest of an OpenID provider and its subject
    Column("is_active", Boolean, nullable=False, default=True),
    Column("made_at", String(32), nullable=False),
)

# One-time links: to set a password. Only the digest of the token is kept.
links = Table(
    "links",
    metadata,
    Column("token", String(80), primary_key=True),
    Column("login", String(64), ForeignKey("accounts.login"), nullable=False),
    Column("expires_at", String(32), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(80), primary_key=True),
    Column("login", String(64), ForeignKey("accounts.login"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
)

# Failed sign-ins, by login and by address, for as long as they slow down the next; and what of a sign-in by OpenID is good once.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(128), nullable=False, index=True),
    Column("at", String(32), nullable=False),
)

# One revision of what a unit states for one standard and period. ``base`` is what the form held when it was made (a submission),
# ``document`` what was submitted: it never changes.
submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String(64), ForeignKey("units.id"), nullable=False, index=True),
    Column("ruleset", String(64), nullable=False),
    Column("ruleset_version", String(32), nullable=False),
    Column("period_from", String(10), nullable=False),
    Column("period_to", String(10), nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("previous", Integer, ForeignKey("submissions.id")),
    Column("state", String(16), nullable=False, index=True),
    Column("version", Integer, nullable=False, default=1),
    Column("base", Text),
    Column("document", Text),
    Column("document_digest", String(80)),
    Column("beside", Text),
    Column("made_at", String(32), nullable=False),
    Column("submitted_at", String(32)),
    Column("note", Text, nullable=False, default=""),
    UniqueConstraint("unit", "ruleset", "period_from", "period_to", "revision"),
)

# What was typed, cell by cell, over ``base``; ``version`` counts the changes of the cell.
cells = Table(
    "cells",
    metadata,
    Column("submission", Integer, ForeignKey("submissions.id"), primary_key=True),
    Column("sheet", String(16), primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("login", String(64), nullable=False),
    Column("changed_at", String(32), nullable=False),
)

# The files that came with a submission; their bytes lie in the data folder by digest. ``record`` is what was found in them.
files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("digest", String(80), nullable=False, index=True),
    Column("record", Text, nullable=False),
    Column("login", String(64), nullable=False),
    Column("added_at", String(32), nullable=False),
    UniqueConstraint("submission", "name"),
)

# Assessments as they were made, under the version of the rules of their day. ``document`` is JSON, gzip-packed.
assessments = Table(
    "assessments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("purpose", String(16), nullable=False),  # self_check, review, replay
    Column("stage", String(16), nullable=False),
    Column("ruleset", String(64), nullable=False),
    Column("ruleset_version", String(32), nullable=False),
    Column("digest", String(80), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("scorecard", String(80)),  # the digest of the issued PDF
    Column("login", String(64), nullable=False),
    Column("made_at", String(32), nullable=False),
)

# One stage of review over a submission: preliminary, inspection, final.
reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("stage", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # open, signed
    Column("login", String(64), nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("signed_at", String(32)),
    Column("document", Text),  # the review file, once signed
    Column("assessment", Integer, ForeignKey("assessments.id")),
    UniqueConstraint("submission", "stage"),
)

# What reviewers decided so far, one entry for each thing that it is about; ``version`` counts its changes.
review_entries = Table(
    "review_entries",
    metadata,
    Column("review", Integer, ForeignKey("reviews.id"), primary_key=True),
    Column("list", String(32), primary_key=True),
    Column("about", String(200), primary_key=True),
    Column("entry", Text),  # None: taken back
    Column("version", Integer, nullable=False),
    Column("login", String(64), nullable=False),
    Column("changed_at", String(32), nullable=False),
)

# Rule files under revision. ``files`` is JSON: texts by name.
rule_drafts = Table(
    "rule_drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ruleset", String(64), nullable=False, index=True),
    Column("base_version", String(32), nullable=False),
    Column("files", Text, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("state", String(16), nullable=False),  # draft, proposed, published, withdrawn
    Column("login", String(64), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("proposed_by", String(64)),
    Column("decided_by", String(64)),
    Column("changed_at", String(32), nullable=False),
)

# Who did what to which object, when and why. ``digest`` covers the entry and the digest before it.
audit = Table(
    "audit",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("login", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    Column("action", String(64), nullable=False, index=True),
    Column("object", String(200), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(80), nullable=False),
    Column("digest", String(80), nullable=False),
)

Index(None, submissions.c.ruleset, submissions.c.period_to)
