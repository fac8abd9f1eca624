"""Measures redaction on what it was not made with: other tools' test vectors, made-up keys, and files that hold no secrets.

``python -m bench.redaction --noseyparker GIT --trufflehog GIT --sources FOLDER [FOLDER ...] [--half even|odd] [--show N]``

GIT is a clone, bare or not, that is only read with ``git show``. Vectors are split in halves by the name of their rule: what is mended is
mended by looking at the even half, and the odd half says what it is worth. A vector counts as found where nothing of its secret is left.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from pathlib import Path

from alloy_assist.llm.redaction import Redactor
from bench.redaction_vectors import Vector, files, harmless, made_up, noseyparker, trufflehog

_LOCKS = (
    "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "poetry.lock", "uv.lock", "Cargo.lock", "go.sum", "mix.lock", "composer.lock",
    "Gemfile.lock", "Package.resolved", "packages.lock.json",
)  # fmt: skip
_SOURCES = (".py", ".go", ".rs", ".ts", ".js", ".java", ".kt", ".rb", ".php", ".cs", ".ex", ".yml", ".toml", ".md")


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.redaction", description=__doc__)
    parser.add_argument("--noseyparker", type=Path)
    parser.add_argument("--trufflehog", type=Path)
    parser.add_argument("--sources", type=Path, nargs="*", default=[])
    parser.add_argument("--half", choices=["even", "odd"], help="only this half of the vectors")
    parser.add_argument(
        "--show", type=int, default=0, help="how many of what went wrong to print, cut to their beginnings"
    )
    given = parser.parse_args()
    groups: dict[str, list[Vector]] = {"made-up keys": list(made_up())}
    if given.noseyparker:
        groups["noseyparker, examples"] = list(noseyparker(given.noseyparker, "examples"))
        groups["noseyparker, negative examples"] = list(noseyparker(given.noseyparker, "negative_examples"))
    if given.trufflehog:
        groups["trufflehog, patterns of its tests"] = list(trufflehog(given.trufflehog))
    groups["hashes, identifiers and pictures"] = list(harmless())
    for kind, names in (("lock files", _LOCKS), ("minified scripts", (".min.js",)), ("source files", _SOURCES)):
        groups[kind] = list(files(given.sources, names, 200))
    for name, vectors in groups.items():
        chosen = [item for item in vectors if given.half is None or _half(item.rule) == given.half]
        tell(name, chosen, given.show)
    return 0


def tell(name: str, vectors: list[Vector], show: int) -> None:
    """Print how many secrets were found, or how many texts without one were changed."""
    redactor = Redactor()
    secrets = [item for item in vectors if item.secret]
    plain = [item for item in vectors if not item.secret]
    missed = [item for item in secrets if item.is_left(redactor.redact(item.text).text)]
    changed = [(item, found) for item in plain if (found := redactor.redact(item.text).found)]
    if secrets:
        rules = len({item.rule for item in secrets})
        sys.stdout.write(
            f"{name}: {len(secrets) - len(missed)} of {len(secrets)} found ({1 - len(missed) / len(secrets):.1%}), {rules} rules\n"
        )
        for item in missed[:show]:
            sys.stdout.write(f"    missed {item.rule}: {' '.join(_around(item).split())[:160]!r}\n")
    if plain:
        replaced = sum(sum(found.values()) for _, found in changed)
        sys.stdout.write(
            f"{name}: {len(changed)} of {len(plain)} changed ({len(changed) / len(plain):.1%}), {replaced} values\n"
        )
        for item, found in changed[:show]:
            sys.stdout.write(f"    changed {item.rule}: {dict(Counter(found).most_common(3))}\n")


def _around(item: Vector) -> str:
    at = item.text.find(item.secret)
    return item.text[max(at - 60, 0) : at + 80]


def _half(rule: str) -> str:
    return "odd" if hashlib.sha256(rule.encode()).digest()[0] % 2 else "even"


if __name__ == "__main__":
    sys.exit(main())
