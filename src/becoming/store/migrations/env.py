"""Run by Alembic: migrate over the open, decrypted connection that the store hands in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():  # joins the store's own transaction: all revisions or none
    context.run_migrations()
