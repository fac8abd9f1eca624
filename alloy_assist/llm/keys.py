"""Where the keys of models come from: the environment, or the system's key store. They are never written anywhere by us."""

from __future__ import annotations

from collections.abc import Mapping

from alloy_assist import APPLICATION

OWN_VARIABLE = "ALLOY_MODEL_API_KEY"
_NO_KEY = "none"


def api_key(model: str, base_url: str, environment: Mapping[str, str]) -> str | None:
    """Return the key to use, or None to let litellm take the provider's own variable.

    A server of one's own gets ``ALLOY_MODEL_API_KEY`` or what the key store holds for its address, or a word that is no key: a provider's
    key (``OPENAI_API_KEY``) is never sent to an address that stands in a settings file.
    """
    given = environment.get(OWN_VARIABLE, "").strip()
    if given:
        return given
    stored = _stored(base_url or model.partition("/")[0])
    if stored:
        return stored
    return _NO_KEY if base_url else None


def _stored(name: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(APPLICATION, name)
    except (KeyringError, RuntimeError, OSError):
        # A machine without a key store is no error: most servers have none.
        return None
