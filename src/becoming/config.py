"""Every setting, read once: defaults, then `settings.toml` in the home folder, then BECOMING_* variables."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def home() -> Path:
    """The folder that holds everything of hers: memory, models, settings. BECOMING_HOME moves it."""
    return Path(os.environ.get("BECOMING_HOME") or user_data_path("becoming", appauthor=False))


class Settings(BaseSettings):
    """All settings. A person may write any of them into `settings.toml`; nobody has to."""

    model_config = SettingsConfigDict(env_prefix="BECOMING_", extra="forbid")

    home: Path = Field(default_factory=home, description="folder of memory, models and settings")
    person: str = Field(default="first", description="whose memory: the name of a folder in home/people")
    models: Path | None = Field(default=None, description="folder of model files (default: home/models)")

    host: str = Field(default="127.0.0.1", description="address the page listens on")
    port: int = Field(default=8765, ge=0, le=65535, description="0 lets the system choose")

    llm_base_url: str | None = Field(default=None, description="an OpenAI-compatible server to use instead")
    llm_model: str | None = Field(
        default=None, description="the model's name there, or in the catalogue here"
    )
    llm_api_key: SecretStr = SecretStr("local")
    vision: bool | None = Field(
        default=None, description="whether that model sees pictures (unset: as its server says)"
    )

    night_base_url: str | None = Field(default=None, description="another model's server, for nights alone")
    night_model: str | None = Field(default=None, description="the model's name there")

    passphrase: SecretStr | None = Field(default=None, description="instead of the key in the OS keyring")
    database_url: SecretStr | None = Field(
        default=None,
        description="a PostgreSQL server to keep memories on instead of an encrypted file "
        "(postgresql://role@host/database); she encrypts nothing there: disk, journal and backups are its operator's",
    )
    country: str = Field(default="", description="two letters, such as IE: whose crisis line she names")
    voice: str = Field(default="heart", description="her voice until birth asks")
    backchannels: bool = Field(default=True, description='her "mm-hm" while you speak at length')
    quiet_from: int = Field(
        default=22, ge=0, le=23, description="the hour from which she asks nothing unasked"
    )
    quiet_until: int = Field(default=8, ge=0, le=23, description="and the hour until which")
    grows: bool = Field(default=True, description="whether she may change overnight")
    seed: int | None = Field(default=None, description="makes her choices repeatable (tests, benchmarks)")

    @property
    def model_folder(self) -> Path:
        """Where model files live."""
        return self.models or self.home / "models"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file."""
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, toml_file=home() / "settings.toml"),
        )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
