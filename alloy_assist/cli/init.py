"""``alloy init``: makes ``.alloy/``, and settles whether a language model may be used."""

from __future__ import annotations

import click

from alloy_assist.bootstrap import open_project
from alloy_assist.cli.doctor import WHAT_IS_SENT
from alloy_assist.cli.output import Session, common
from alloy_assist.errors import UsageError
from alloy_assist.operations.setting import change_settings

_root = click.Group()


@common(
    _root, "init", example="alloy init --offline\nalloy init --model openai/local --base-url http://127.0.0.1:8080/v1"
)
@click.option("--offline", is_flag=True, help="Use no language model; nothing leaves this machine.")
@click.option("--model", metavar="NAME", help="A model by its litellm name (openai/gpt-5, ollama/llama3, ...).")
@click.option("--base-url", metavar="URL", help="The address of an OpenAI-compatible server.")
def init(session: Session, offline: bool, model: str | None, base_url: str | None) -> None:
    """Make the folder .alloy/ with its settings, and choose a model or stay offline.

    The database is git-ignored; the settings and the exported briefs are for committing. Offline is the default: a model is only
    ever used after it was chosen here or in the application.
    """
    if offline and (model or base_url):
        message = "--offline and --model exclude each other."
        raise UsageError(message, hint="Choose one of the two.")
    if base_url and not model:
        message = "--base-url needs --model."
        raise UsageError(message, hint="Example: alloy init --model openai/local --base-url http://127.0.0.1:8080/v1")
    project = session.project
    project.paths.create()
    choice = "local" if base_url and _is_loopback(base_url) else "provider" if model else "offline"
    if offline or model or not project.paths.config.exists():
        chosen_model = {"choice": choice, "name": model or "", "base_url": base_url or ""}
        change_settings(project.paths, "model", chosen_model)
    project.store()
    if model:
        # Who types the model's name here has chosen it; that the committed settings name one is not enough.
        open_project(session.repo, db=session.db).modeling.allow()
        session.narrate(
            f"{model} may be asked about this repository. {WHAT_IS_SENT} `alloy model forbid` takes it back."
        )
    chosen = choice if (offline or model) else project.settings.model.choice
    payload = {
        "folder": project.paths.folder,
        "model": {"choice": chosen, "name": model or "", "base_url": base_url or ""},
    }
    session.emit(
        "alloy.init.v1",
        payload,
        lambda out: out.print(
            f"{project.paths.folder} is ready; model: {chosen}.\nNext: `alloy scan`, or `alloy` to open the application."
        ),
    )


def _is_loopback(url: str) -> bool:
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
