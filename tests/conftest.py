"""What holds for every test: no network, and no file of the person who runs it."""

import os
from pathlib import Path

import pytest

# litellm and instructor read these when they are imported, and that may be while tests are collected.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
os.environ["LITELLM_MODE"] = "PRODUCTION"
os.environ["DISABLE_AIOHTTP_TRANSPORT"] = "True"

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


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own, with git that knows an author and nothing of this machine's configuration."""
    home = tmp_path_factory.mktemp("home")
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
