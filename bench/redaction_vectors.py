"""Texts with secrets in them and texts with none: other tools' test vectors, made-up keys, and real files.

The clones are only read with ``git show``.
"""

from __future__ import annotations

import hashlib
import random
import re
import string
import subprocess
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_ALNUM = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_UPPER = string.ascii_uppercase + "234567"
_B64 = _ALNUM + "+/"
_URL = _ALNUM + "_-"
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Vector:
    """A text with a secret in it, or with none. ``rule`` names where it comes from.

    ``parts`` are what a rule takes out of the text, where it takes several: a user, a host and a password, and nobody says which is which.
    """

    rule: str
    text: str
    secret: str = ""
    parts: tuple[str, ...] = ()

    def is_left(self, text: str) -> bool:
        """Return whether a text still holds all of it."""
        return all(part in text for part in self.parts or (self.secret,))


def noseyparker(clone: Path, part: str) -> Iterator[Vector]:
    """Yield the examples of Nosey Parker's rules; the secret is in the groups of the rule's own pattern."""
    for path in _paths(clone, ".yml"):
        if "/rules/" not in path:
            continue
        try:
            loaded = YAML(typ="safe", pure=True).load(_shown(clone, path))
        except YAMLError:
            continue
        for rule in (loaded or {}).get("rules", ()):
            if "secret" not in rule.get("categories", ()):
                continue
            for text in rule.get(part) or ():
                if part == "negative_examples":
                    yield Vector(rule["id"], str(text))
                elif parts := _groups(str(rule["pattern"]), str(text)):
                    yield Vector(rule["id"], str(text), parts[0], parts)


def trufflehog(clone: Path) -> Iterator[Vector]:
    """Yield the texts of trufflehog's pattern tests with each value that they expect to be found in them."""
    case = re.compile(r"input:\s*(?:`([^`]*)`|\"((?:[^\"\\\n]|\\.)*)\")\s*,\s*want:\s*\[\]string\{([^}]*)\}")
    for path in _paths(clone, "_test.go"):
        if not path.startswith("pkg/detectors/") or "integration" in path:
            continue
        for raw, quoted, wanted in case.findall(_shown(clone, path)):
            text = raw or quoted.replace('\\"', '"').replace("\\n", "\n")
            for secret in re.findall(r"\"((?:[^\"\\\n]|\\.)*)\"", wanted):
                if len(secret) >= _LEAST and secret in text:
                    yield Vector(path.split("/")[2], text, secret)


def made_up(seed: int = 7) -> Iterator[Vector]:
    """Yield keys of many issuers, by the forms that these document, in the places where people leave them."""
    chance = random.Random(seed)

    def some(alphabet: str, count: int) -> str:
        return "".join(chance.choice(alphabet) for _ in range(count))

    makers: dict[str, Callable[[], str]] = {
        "aws access key": lambda: "AKIA" + some(_UPPER, 16),
        "aws secret key": lambda: some(_B64, 40),
        "github": lambda: "ghp_" + some(_ALNUM, 36),
        "github fine-grained": lambda: f"github_pat_{some(_ALNUM, 22)}_{some(_ALNUM, 59)}",
        "gitlab": lambda: "glpat-" + some(_URL[:-2], 20),
        "slack bot": lambda: f"xoxb-{some(string.digits, 12)}-{some(string.digits, 13)}-{some(_ALNUM, 24)}",
        "stripe": lambda: "sk_live_" + some(_ALNUM, 24),
        "google": lambda: "AIza" + some(_ALNUM, 35),
        "sendgrid": lambda: f"SG.{some(_ALNUM, 22)}.{some(_ALNUM, 43)}",
        "twilio": lambda: "SK" + some(_HEX, 32),
        "npm": lambda: "npm_" + some(_ALNUM, 36),
        "pypi": lambda: "pypi-AgEIcHlwaS5vcmc" + some(_ALNUM, 90),
        "openai": lambda: f"sk-proj-{some(_ALNUM, 74)}T3BlbkFJ{some(_ALNUM, 74)}",
        "anthropic": lambda: f"sk-ant-api03-{some(_ALNUM, 93)}AA",
        "hugging face": lambda: "hf_" + some(string.ascii_letters, 34),
        "digitalocean": lambda: "dop_v1_" + some(_HEX, 64),
        "shopify": lambda: "shpat_" + some(_HEX, 32),
        "databricks": lambda: "dapi" + some(_HEX, 32),
        "discord bot": lambda: f"MT{some(_ALNUM, 24)}.G{some(_ALNUM, 5)}.{some(_ALNUM, 38)}",
        "telegram": lambda: f"{some('123456789', 10)}:AA{some(_ALNUM, 33)}",
        "mailgun": lambda: "key-" + some(_HEX, 32),
        "mailchimp": lambda: some(_HEX, 32) + "-us12",
        "azure storage": lambda: some(_B64, 86) + "==",
        "datadog": lambda: some(_HEX, 40),
        "heroku": lambda: str(uuid.UUID(int=chance.getrandbits(128))),
        "notion": lambda: "ntn_" + some(string.digits, 11) + some(_ALNUM, 35),
        "vault": lambda: "hvs." + some(_ALNUM, 90),
        "linear": lambda: "lin_api_" + some(_ALNUM, 40),
        "groq": lambda: "gsk_" + some(_ALNUM, 52),
        "password": lambda: some(string.ascii_letters, 9) + some(string.digits, 3) + "!",
    }  # fmt: skip
    for issuer, make in makers.items():
        word = issuer.split()[0]
        for place in (
            'API_KEY = "{}"',
            f'const {word}Token = "{{}}";',
            f"export {word.upper().replace('.', '')}_SECRET={{}}",
            f"{word}:\n  password: {{}}\n",
            '{{"auth_token": "{}", "region": "eu"}}',
            "curl -H 'Authorization: Bearer {}' https://api.example.com",
        ):
            secret = make()
            yield Vector(issuer, place.format(secret), secret)


def harmless(seed: int = 11) -> Iterator[Vector]:
    """Yield texts with values that look random and are no secrets."""
    chance = random.Random(seed)
    for number in range(40):
        blob = chance.randbytes(64)
        sha, md5 = hashlib.sha256(blob).hexdigest(), blob.hex()[:32]
        picture = b64encode(b"\x89PNG\r\n\x1a\n" + chance.randbytes(600)).decode()
        for kind, text in (
            ("sha-256", f"sha256:{sha}  dist/app-{number}.tar.gz"),
            ("image digest", f"FROM python@sha256:{sha}"),
            ("requirement", f"click==8.1.7 \\\n    --hash=sha256:{sha}"),
            ("commit", f"commit {sha[:40]}\nRevert {md5[:7]}"),
            ("action", f"- uses: actions/checkout@{sha[:40]} # v4"),
            ("uuid", f'  id: "{uuid.UUID(int=chance.getrandbits(128))}"'),
            ("picture", f"background: url(data:image/png;base64,{picture});"),
            ("integrity", f'integrity="sha384-{b64encode(chance.randbytes(48)).decode()}"'),
            ("etag", f'ETag: "{md5}"'),
            ("cache key", f'key = "{md5[:12]}"  # of the cache'),
        ):
            yield Vector(kind, text)


def files(folders: list[Path], names: tuple[str, ...], most: int) -> Iterator[Vector]:
    """Yield real files by how their names end, as many of each folder, in a fixed order."""
    for folder in folders:
        found = [
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name.endswith(names) and ".git" not in path.parts
        ]
        share = max(most // max(len(folders), 1), 1)
        step = max(len(found) // share, 1)
        for path in found[::step][:share]:
            yield Vector(
                str(path.relative_to(folder.parent)), path.read_text(encoding="utf-8", errors="replace")[:200_000]
            )


def _groups(pattern: str, text: str) -> tuple[str, ...]:
    try:
        found = re.search(pattern.replace("(?x)(?i)", "(?xi)").replace("(?i)(?x)", "(?xi)"), text)
    except re.error:
        return ()
    return tuple(group for group in found.groups() if group) if found else ()


def _paths(clone: Path, end: str) -> list[str]:
    listed = _git(clone, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    return [path for path in listed if path.endswith(end)]


def _shown(clone: Path, path: str) -> str:
    return _git(clone, "show", f"HEAD:{path}")


def _git(clone: Path, *arguments: str) -> str:
    command = ["git", "-C", str(clone), *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")
