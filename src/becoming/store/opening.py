"""Where the settings say that a person's memory is: a file at home, or a PostgreSQL server."""

from __future__ import annotations

from becoming.config import Settings
from becoming.store.database import Store, checked_slug, folder_of


def open_store(settings: Settings, passphrase: str | None = None) -> Store:
    """Open it, begun if there is none yet. Raises StoreError, and InputError for settings that cannot be."""
    if settings.database_url:
        return Store.at(settings.database_url.get_secret_value(), settings.person)
    return Store.open(folder_of(settings.home, settings.person), passphrase)


def is_begun(settings: Settings) -> bool:
    """Whether there is one. Raises as `open_store` does."""
    if settings.database_url:
        from becoming.store.postgres import is_there

        return is_there(settings.database_url.get_secret_value(), checked_slug(settings.person))
    return folder_of(settings.home, settings.person).is_dir()
