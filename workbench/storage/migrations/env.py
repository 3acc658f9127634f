"""Run by Alembic: over the connection that ``workbench.storage.migrating`` holds."""

from alembic import context

from workbench.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,
    transaction_per_migration=False,
)
context.run_migrations()
