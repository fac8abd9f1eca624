"""Documents: sentences that rule, with their lines and headings; how-to, manners and code left out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archaeology.documents import kind_of, read_documents
from archaeology.facts import Documents, Flag
from fixtures import FactsBuilder, build_checkout
from fixtures.reader import FakeReader
from fixtures.told_documents import read, rules

CONTRIBUTING = """# Contributing

![badge](https://img.shields.io/never-must.svg) [![ci](x)](y)

## Rules

- The domain must not import
  frameworks or vendors.
- Every module has one owner.

```python
# code must never be read
```

| table | must |
| --- | --- |
| cells must not | be read here |

<!-- comments must not be read -->

> **Warning**: handlers must never swallow errors; they translate them.

## Setting up

You must install Python 3.11. The tests must pass with `make check` before you push.
"""


def test_markdown_rules_have_their_lines_and_headings() -> None:
    found = [
        (rule.text, rule.force, rule.start_line, rule.end_line, rule.heading)
        for rule in rules("CONTRIBUTING.md", CONTRIBUTING)
    ]
    assert found == [
        ("The domain must not import frameworks or vendors.", "must_not", 7, 8, "Rules"),
        ("Every module has one owner.", "should", 9, 9, "Rules"),
        ("Warning: handlers must never swallow errors; they translate them.", "must_not", 21, 21, "Rules"),
        ("The tests must pass with `make check` before you push.", "must", 25, 25, "Setting up"),
    ]


RST = """============
Contributing
============

.. image:: https://example.org/must-never.svg
   :alt: code must not be read

Rules
=====

* The domain must not import :class:`~flask.Flask`
  or any other framework.
* Tests must not use the network. Prefer ``fakes`` to mocks of
  the `database <https://example.org>`_ module.

Example::

    x = 1  # code must never be read

.. code-block:: python

    # code must not be read

.. warning::

   Handlers must translate errors.

+-------+------------------+
| cells | must not be read |
+-------+------------------+
"""


def test_restructured_text_is_read_without_its_directives() -> None:
    found = [
        (rule.text, rule.force, rule.start_line, rule.end_line, rule.heading) for rule in rules("CONTRIBUTING.rst", RST)
    ]
    assert found == [
        ("The domain must not import `~flask.Flask` or any other framework.", "must_not", 11, 12, "Rules"),
        ("Tests must not use the network.", "must_not", 13, 13, "Rules"),
        ("Prefer `fakes` to mocks of the database module.", "prefer", 13, 14, "Rules"),
        ("Handlers must translate errors.", "must", 26, 26, "Rules"),
    ]


def test_asciidoc_and_plain_text_are_read() -> None:
    text = "= Architecture\n\n== Layers\n\nThe core must not import the web.\n\n----\ncode must never be read\n----\n\n* Adapters must not know each other.\n"
    assert [(rule.text, rule.start_line, rule.heading) for rule in rules("ARCHITECTURE.adoc", text)] == [
        ("The core must not import the web.", 5, "Layers"),
        ("Adapters must not know each other.", 11, "Layers"),
    ]
    assert [rule.start_line for rule in rules("CHARTER", "Some words.\n\nPlugins must never import each other.\n")] == [
        3
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("docs/adr/0003-vendors.md", "adr"),
        ("docs/decisions/ADR-12-x.rst", "adr"),
        ("doc/architecture/decisions/0001-record.md", "adr"),
        ("docs/adr/template.md", None),
        ("docs/adr/README.md", "readme"),
        ("AGENTS.md", "agents"),
        ("src/x/CLAUDE.md", "agents"),
        (".cursor/rules/python.mdc", "agents"),
        (".github/copilot-instructions.md", "agents"),
        ("CHARTER.md", "charter"),
        ("CONTRIBUTING.rst", "contributing"),
        ("docs/architecture.md", "architecture"),
        ("docs/design/storage.md", "architecture"),
        ("README", "readme"),
        ("packages/a/README.md", "readme"),
        ("docs/api-guidelines.md", "other"),
        ("docs/tutorial.md", None),
        ("CHANGELOG.md", None),
        ("LICENSE", None),
        ("CODE_OF_CONDUCT.md", None),
    ],
)
def test_documents_are_known_by_their_names(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


def test_a_readme_for_users_states_no_rules() -> None:
    text = "# Tool\n\nYou must pass a file. Always quote names so that the shell keeps them.\n\n## Usage\n\nThe file must exist.\n\n## Design\n\nThe core must never import plugins.\n"
    assert [rule.text for rule in rules("README.md", text)] == ["The core must never import plugins."]


def test_hostile_documents_are_harmless_and_quick() -> None:
    begin = time.process_time()
    for text in (
        "[" * 50_000,
        "> " * 20_000,
        "*" * 100_000,
        "`" * 50_000 + "a",
        "- " * 20_000,
        "|" * 50_000,
        "a must " * 100_000,
        "\n" * 200_000,
        "x. " * 60_000,
        ("only a " * 80 + ". ") * 400,
        "status\n" * 40_000,
    ):
        for path in ("AGENTS.md", "CONTRIBUTING.rst", "docs/adr/0001-x.md"):
            assert len(rules(path, text)) <= 200
    assert time.process_time() - begin < 15


def test_control_characters_are_made_visible() -> None:
    (rule,) = rules("AGENTS.md", "# A\u202eb\n\nHandlers must \x1b[31mnever\u2066 swallow errors.\n")
    assert "\x1b" not in rule.text
    assert not {"\u202e", "\u2066"} & set(rule.text + rule.heading)


def test_vendored_and_missing_documents_are_left_out() -> None:
    builder = (
        FactsBuilder()
        .file("vendor/x/AGENTS.md", "Code must not be read.", flags=[Flag.VENDORED])
        .file("AGENTS.md", "x")
    )
    facts = builder.build()
    assert read_documents(facts.files, FakeReader({})) == Documents(files=("AGENTS.md",))


def test_the_checkouts_documents_say_what_they_say(tmp_path: Path) -> None:
    folder = build_checkout(tmp_path)
    paths = [path for path in folder.rglob("*.md") if ".git/" not in str(path)]
    found = read({str(path.relative_to(folder)): path.read_text() for path in paths})
    assert ("The domain must not import frameworks, vendors or the database.", "contributing") in {
        (rule.text, rule.document) for rule in found.rules
    }
    assert ("Only `adapters/stripe_gateway.py` may import `stripe`.", "adr") in {
        (rule.text, rule.document) for rule in found.rules
    }
    assert not any("install" in rule.text for rule in found.rules)
