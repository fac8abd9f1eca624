"""What screens may ask for. All store work happens on one thread, everything slow on others; no call blocks the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project
    from archaeology.model import Survey
    from archaeology.progress import Cancelled, ProgressSink
    from store.interviews import StoredHypothesis

T = TypeVar("T")
_READERS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the repository stands now: its commit and branch, and how many files differ from it."""

    head: str | None
    branch: str | None
    changed: int


class Services:
    """The operations of a project, as coroutines.

    ``stored`` runs on the one thread that owns the database connection; ``read`` on a few others, for what needs the repository
    only. Errors come back as the operation raised them.
    """

    def __init__(self, project: Project) -> None:
        """Prepare the threads; nothing is opened yet."""
        self.project = project
        self._store_thread = ThreadPoolExecutor(1, thread_name_prefix="alloy-store")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="alloy-read")

    async def stored(self, work: Callable[[Project], T]) -> T:
        """Run work that needs the store."""
        return await asyncio.get_running_loop().run_in_executor(self._store_thread, work, self.project)

    async def read(self, work: Callable[[Project], T]) -> T:
        """Run work that reads the repository and no database."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, work, self.project)

    async def scan(
        self,
        on_progress: ProgressSink,
        cancelled: Cancelled,
        on_found: Callable[[tuple[StoredHypothesis, ...]], object],
    ) -> Survey:
        """Scan the repository on a thread of its own, and keep what was found.

        ``on_found`` is told, on that thread, the hypotheses that the scan has so far; they are kept nowhere.
        """
        from alloy_assist.operations.scanning import stored_hypotheses
        from archaeology.survey import ScanOptions

        settings = self.project.settings.scan
        options = ScanOptions(jobs=settings.jobs, cache_megabytes=settings.cache_megabytes)
        survey = await asyncio.to_thread(
            self.project.scanning.run,
            options,
            on_progress,
            cancelled,
            lambda so_far: on_found(stored_hypotheses(so_far)),
        )
        await self.stored(lambda project: project.scanning.save(survey))
        return survey

    async def standing(self) -> Standing:
        """Say where the repository stands."""
        return await self.read(_standing)

    async def citable_files(self) -> tuple[str, ...]:
        """Return the files that an answer can cite."""
        from alloy_assist.operations.citing import citable_files

        return await self.read(lambda project: citable_files(project.root))

    async def citable_symbols(self) -> tuple[str, ...]:
        """Return the symbols that an answer can cite, each with its place; none before the first scan."""
        from alloy_assist.operations.citing import citable_symbols

        if not self.has_database or await self.stored(lambda project: project.scanning.latest()) is None:
            return ()
        return await self.read(lambda project: citable_symbols(project.root, project.cache_folder))

    async def change_setting(self, section: str, key: str, value: str | float | None) -> None:
        """Write one setting; operations that are asked for from now on follow it. Raises SettingsError."""
        from alloy_assist.operations.setting import change_setting

        settings = await self.stored(lambda project: change_setting(project.paths, section, key, value))
        self.project = replace(self.project, settings=settings)

    @property
    def has_database(self) -> bool:
        """Whether anything was kept before; asking creates nothing."""
        return self.project.database.exists()

    async def close(self) -> None:
        """Let running store work end, close the connection, and let the threads go. Nobody waits for a model any more."""
        if "modeling" in vars(self.project):
            self.project.modeling.voice.give_up()
        await self.stored(lambda project: project.close())
        self._store_thread.shutdown(wait=False, cancel_futures=True)
        self._readers.shutdown(wait=False, cancel_futures=True)


def _standing(project: Project) -> Standing:
    from archaeology.git import open_repository

    with open_repository(project.root) as repository:
        info = repository.info()
        return Standing(info.head, info.branch, len(repository.changed_paths()))
