"""Files whose content is never sent, whatever is in them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

_NAMES = (
    ".env",
    ".env.*",
    "*.env",
    ".envrc",
    ".netrc",
    "_netrc",
    ".pgpass",
    ".my.cnf",
    ".npmrc",
    ".pypirc",
    ".htpasswd",
    ".git-credentials",
    ".dockercfg",
    ".boto",
    ".s3cfg",
    "credentials",
    "credentials.json",
    "credentials.xml",
    "client_secret*.json",
    "service-account*.json",
    "service_account*.json",
    "secrets.*",
    "secret.*",
    "*.secret",
    "*.pem",
    "*.key",
    "*.p8",
    "*.p12",
    "*.pfx",
    "*.jks",
    "*.keystore",
    "*.kdb",
    "*.kdbx",
    "*.ppk",
    "*.asc",
    "*.gpg",
    "*.ovpn",
    "*.tfstate",
    "*.tfstate.backup",
    "*.tfvars",
    "id_rsa*",
    "id_dsa*",
    "id_ecdsa*",
    "id_ed25519*",
    "master.key",
    "wp-config.php",
    "kubeconfig",
    "vault.yml",
    "vault.yaml",
)
_FOLDERS = frozenset({".aws", ".ssh", ".gnupg", ".kube", ".docker", ".azure", ".gcloud"})
# These hold names and no values, and say what a program needs.
_SAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist")
# Source code that is about secrets is not a secret.
_SOURCE = frozenset(
    {
        ".c",
        ".cs",
        ".ex",
        ".exs",
        ".go",
        ".java",
        ".js",
        ".kt",
        ".md",
        ".php",
        ".py",
        ".rb",
        ".rs",
        ".rst",
        ".swift",
        ".ts",
        ".tsx",
    }
)


def is_secret_path(path: str) -> bool:
    """Return whether a file's name or folder says that it holds secrets: it is neither read for a model nor quoted to one."""
    pure = PurePosixPath(path.lower())
    if pure.name in _SAMPLES:
        return False
    if _FOLDERS & set(pure.parts[:-1]):
        return True
    for pattern in _NAMES:
        if fnmatchcase(pure.name, pattern):
            named = pattern in {"secrets.*", "secret.*"} or pattern.startswith("id_")
            return not (named and pure.suffix in _SOURCE)
    return False
