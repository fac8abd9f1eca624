"""What holds for every test: no network, and no file of the person who runs it."""

import gc
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# litellm and instructor read these when they are imported, and that may be while tests are collected.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
os.environ["LITELLM_MODE"] = "PRODUCTION"
os.environ["DISABLE_AIOHTTP_TRANSPORT"] = "True"

# A busy machine makes examples slow, not wrong. A test that has to be quick measures the time that it was given.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

LOOPBACK = ["127.0.0.1", "::1", "localhost"]

# Each of these would change what is printed, or where git or Python look.
FOREIGN_VARIABLES = (
    "ALLOY_",
    "ANTHROPIC_",
    "COLUMNS",
    "FORCE_COLOR",
    "FOUNDRY_",
    "GITHUB_ACTIONS",
    "GIT_",
    "LINES",
    "NO_COLOR",
    "OPENAI_",
    "PYTHONPATH",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Opens the sockets of the tests whose marker asks for it: loopback for `live`, all for `network`."""
    for item in items:
        if item.get_closest_marker("network"):
            item.add_marker(pytest.mark.enable_socket)
        elif item.get_closest_marker("live"):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


def pytest_collection_finish() -> None:
    """Spares the collector what was imported: some hundred thousand objects that live as long as the process."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names for homes. `mktemp` lists all that there is for each new name, which is slow with thousands of tests."""
    folder = tmp_path_factory.mktemp("homes", numbered=False)
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def isolated_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own, with git that knows an author and nothing of this machine's configuration."""
    home = next(homes)
    home.mkdir()
    for variable in list(os.environ):
        if variable.startswith(FOREIGN_VARIABLES) or variable.endswith("_API_KEY"):
            monkeypatch.delenv(variable)
    environment = {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Test Author",
        "GIT_AUTHOR_EMAIL": "author@example.com",
        "GIT_COMMITTER_NAME": "Test Committer",
        "GIT_COMMITTER_EMAIL": "committer@example.com",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    return home
