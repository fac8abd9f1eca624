"""The one place where the parts are put together: a path in, everything that can be done with that project out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ulid import ULID

from alloy_assist.operations.places import cache_folder
from alloy_assist.person import actor_name, consent_file, log_folder
from alloy_assist.project_folder import ProjectPaths
from alloy_assist.settings import Settings, load_settings
from archaeology.location import find_root
from store.records import Actor, ActorKind

if TYPE_CHECKING:
    from alloy_assist.operations.briefing import Briefing
    from alloy_assist.operations.evidence import Evidence
    from alloy_assist.operations.hypotheses import Hypotheses
    from alloy_assist.operations.intents import Intents
    from alloy_assist.operations.interviewing import Interviewing
    from alloy_assist.operations.modeling import Modeling
    from alloy_assist.operations.scanning import Scanning
    from store.database import Store

Clock = Callable[[], datetime]
NewId = Callable[[], str]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def new_ulid() -> str:
    """A new id that sorts by time."""
    return str(ULID())


@dataclass(frozen=True)
class Project:
    """A repository with its ``.alloy/`` folder, and the operations on it.

    Operations are made when first asked for. Each thread gets a store connection of its own (SQLite binds them to threads).
    """

    paths: ProjectPaths
    database: Path
    settings: Settings
    actor: Actor
    clock: Clock
    new_id: NewId
    cache_folder: Path | None
    _stores: threading.local

    @property
    def root(self) -> Path:
        """The root of the repository."""
        return self.paths.root

    def store(self) -> Store:
        """This thread's connection to the store; the first call makes ``.alloy/`` and the database. Raises StoreError, NoPlaceError."""
        from store.database import open_store

        existing: Store | None = getattr(self._stores, "store", None)
        if existing is None:
            if self.database == self.paths.database:
                self.paths.create()
            existing = open_store(self.database, clock=self.clock, new_id=self.new_id, actor=self.actor)
            self._stores.store = existing
        return existing

    def close(self) -> None:
        """Close this thread's connection, if it has one."""
        existing: Store | None = getattr(self._stores, "store", None)
        if existing is not None:
            existing.close()
            del self._stores.store

    @cached_property
    def scanning(self) -> Scanning:
        """Reading the repository."""
        from alloy_assist.operations.scanning import Scanning

        return Scanning(self.root, self.store, self.clock, self.new_id, self.cache_folder)

    @cached_property
    def evidence(self) -> Evidence:
        """Looking at what was cited."""
        from alloy_assist.operations.evidence import Evidence

        return Evidence(self.root, self.cache_folder)

    @cached_property
    def hypotheses(self) -> Hypotheses:
        """Deciding on what was mined."""
        from alloy_assist.operations.hypotheses import Hypotheses

        return Hypotheses(self.store)

    @cached_property
    def intents(self) -> Intents:
        """The records."""
        from alloy_assist.operations.intents import Intents

        return Intents(self.store, self.root)

    @cached_property
    def interviewing(self) -> Interviewing:
        """Interviews."""
        from alloy_assist.operations.interviewing import Interviewing

        voice = self.modeling.voice
        return Interviewing(
            self.store,
            self.evidence,
            self.settings.interview,
            self.clock,
            self.new_id,
            self.actor,
            reader=voice,
            judge=voice,
            on_begin=voice.begin,
        )

    @cached_property
    def modeling(self) -> Modeling:
        """Working with a language model, where one was chosen and allowed."""
        from alloy_assist.operations.model_consent import Consent
        from alloy_assist.operations.modeling import Modeling, log_of

        consent = Consent(consent_file(), self.root)
        log = log_of(self.root, log_folder())
        return Modeling(self.root, self.settings, self.store, self.clock, consent, log, self.cache_folder)

    @cached_property
    def briefing(self) -> Briefing:
        """Briefs and the artifacts that belong to them."""
        from alloy_assist.operations.briefing import Briefing

        return Briefing(self.store, self.evidence, self.paths, self.settings, self.clock, self.new_id, self.actor)


def open_project(  # noqa: PLR0913 - each one is a seam for tests
    path: Path,
    *,
    db: Path | None = None,
    actor: Actor | None = None,
    clock: Clock = utc_now,
    new_id: NewId = new_ulid,
    cache: Path | None = None,
) -> Project:
    """Open the project around ``path``. Nothing is written yet. Raises NotARepositoryError, NoPlaceError and SettingsError."""
    paths = ProjectPaths(find_root(path))
    paths.check()
    kind, name = actor_name()
    return Project(
        paths=paths,
        database=db.expanduser().absolute() if db else paths.database,
        settings=load_settings(paths.config),
        actor=actor or Actor(kind=ActorKind(kind), name=name),
        clock=clock,
        new_id=new_id,
        cache_folder=cache or cache_folder(),
        _stores=threading.local(),
    )
