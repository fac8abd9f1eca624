"""Packages that gave way to others: by what was written, in the same lines, or under a new name."""

from pathlib import Path

import pytest

from archaeology.detectors.technology_choice import detect_technology_choice
from archaeology.history.model import EdgeLife, Reason
from archaeology.model import Family, Observation
from archaeology.survey import ScanOptions, reading
from fixtures import FactsBuilder, RepositoryBuilder
from fixtures.families import DAY, NOW, proposed


@pytest.mark.parametrize(
    ("reason", "lives", "is_instead"),
    [
        pytest.param("Use httpy, not requestly", [], True, id="the commit names both"),
        pytest.param("Drop requestly", [], False, id="another import that the same commit happened to add"),
        pytest.param(
            "Drop requestly",
            [
                EdgeLife("src/mail/", "requestly", True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, "Drop requestly"),
                EdgeLife("src/mail/", "httpy", True, "b" * 40, NOW - 700 * DAY),
            ],
            True,
            id="it went to two places that the other left",
        ),
        pytest.param(
            "Use httpy, not requestly",
            [EdgeLife("tests/", "httpy", True, "c" * 40, NOW - 800 * DAY)],
            False,
            id="tests had it before",
        ),
    ],
)  # fmt: skip
def test_a_package_gave_way_only_to_what_took_its_place(
    reason: str, lives: list[EdgeLife], *, is_instead: bool
) -> None:
    went = EdgeLife("src/shop/", "requestly", True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, reason)
    builder = FactsBuilder().module("src/shop/client.py", "import httpy", imports=("httpy",)).edge_life(went)
    builder.module("src/mail/client.py", "import httpy", imports=("httpy",))
    for life in (EdgeLife("src/shop/", "httpy", True, "b" * 40, NOW - 700 * DAY), *lives):
        builder.edge_life(life)
    why = "Requestly leaked connections, because it never closed them."
    builder.reason(Reason("b" * 40, NOW - 700 * DAY, why, "because", ("src/shop/client.py",)))
    (hypothesis,) = proposed(builder.commit("Newest", time=NOW).build(), Family.TECHNOLOGY_CHOICE)
    assert ("gave way to `httpy`" in hypothesis.title) is is_instead
    assert "leaked connections" in hypothesis.title


def test_a_reason_that_speaks_of_something_else_is_not_the_packages() -> None:
    went = EdgeLife(
        "src/shop/", "requestly", True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, "Drop requestly"
    )
    builder = FactsBuilder().module("src/shop/client.py", "import json").edge_life(went).commit("Newest", time=NOW)
    why = "Addresses are checked before they are opened, because one began with a blank."
    builder.reason(Reason("b" * 40, NOW - 700 * DAY, why, "because", ("src/shop/client.py",)))
    assert not proposed(builder.build(), Family.TECHNOLOGY_CHOICE)


def test_places_that_have_gone_since_are_counted_as_well() -> None:
    builder = FactsBuilder().module("src/shop/client.py", "import httpy", imports=("httpy",))
    reason = "Use httpy, not requestly"
    for folder in ("src/shop/", "src/gone/", "src/left/"):
        builder.edge_life(
            EdgeLife(folder, "requestly", True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, reason)
        )
    builder.edge_life(EdgeLife("src/shop/", "httpy", True, "b" * 40, NOW - 700 * DAY))
    (hypothesis,) = proposed(builder.commit("Newest", time=NOW).build(), Family.TECHNOLOGY_CHOICE)
    assert "in `src/` in" in hypothesis.title
    assert any("3 places" in term.detail for term in hypothesis.rationale)


def swapped(folder: Path, old: str, new: str, *, manifest: str = "") -> list[Observation]:
    """What is found where a commit put one package's lines in place of another's, three years before the newest."""
    repository = RepositoryBuilder(folder)
    repository.write("lib/warn.js", f"'use strict'\n\n{old}\nmodule.exports = warning\n")
    repository.write("lib/log.js", "'use strict'\n").commit("Warn of what goes", when="2020-01-01T00:00:00+00:00")
    repository.write("lib/warn.js", f"'use strict'\n\n{new}\nmodule.exports = warning\n")
    repository.commit("Move from quick-warning to plain-warning", when="2021-01-01T00:00:00+00:00")
    if manifest:
        repository.write("package.json", manifest)
    repository.append("lib/log.js", "exports.level = 1\n").commit("Set a level", when="2024-01-01T00:00:00+00:00")
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        return list(detect_technology_choice(facts))


OLD = "const warning = require('quick-warning')()"


def test_a_package_whose_name_alone_changed_gave_way_to_itself(tmp_path: Path) -> None:
    assert not swapped(tmp_path / "a", OLD, "const warning = require('plain-warning')()")
    called = "const { Warnings } = require('plain-warning')\nconst warning = new Warnings({ once: true })"
    assert swapped(tmp_path / "b", OLD, called)


def test_a_new_name_in_the_same_lines_is_no_choice_though_all_of_it_has_gone_since(tmp_path: Path) -> None:
    def found(new: str, call: str) -> list[Observation]:
        folder = tmp_path / f"{call}{len(new)}"
        repository = RepositoryBuilder(folder)
        for year, name in ((2018, "beryl"), (2020, new)):
            repository.write(
                "lib/reporters/page.js",
                f"const t = require('{name}')\nt.{call if name == new else 'render'}('page.{name}')\n",
            )
            repository.write("lib/reporters/log.js", f"exports.since = {year}\n")
            repository.commit(f"Use {new} instead of beryl", when=f"{year}-01-01T00:00:00+00:00")
        repository.delete("lib/reporters/page.js").commit("Drop pages", when="2022-01-01T00:00:00+00:00")
        repository.append("lib/reporters/log.js", "exports.level = 1\n")
        repository.commit("Set a level", when="2024-01-01T00:00:00+00:00")
        with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
            return [one for one in detect_technology_choice(facts) if one.data.get("target") == "beryl"]

    assert not found("onyx", "render")
    assert found("onyx", "compile")
    assert found("./onyx", "render")  # the program's own


@pytest.mark.parametrize(
    ("target", "reason", "is_told"),
    [
        ("@someone/promise-all", "Use standard 'Promise.all' instead of polyfill, not promise-all", False),
        ("fetch-polyfill", "Drop fetch-polyfill", False),
        ("es6-promise", "Remove es6-promise", False),
        ("shimmer", "Remove shimmer, it slowed everything down", True),
        ("requestly", "Drop requestly", True),
    ],
)
def test_a_polyfill_that_the_platform_made_needless_was_not_given_up(
    target: str, reason: str, *, is_told: bool
) -> None:
    life = EdgeLife("src/shop/", target, True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, reason)
    builder = FactsBuilder().module("src/shop/till.py", "import other", imports=("other",)).edge_life(life)
    assert bool(list(detect_technology_choice(builder.commit("Newest", time=NOW).build()))) is is_told


def test_what_only_developers_need_is_no_choice_for_the_product(tmp_path: Path) -> None:
    called = "const { Warnings } = require('plain-warning')\nconst warning = new Warnings({ once: true })"
    for manifest, is_told in (
        ('{"dependencies": {"wire": "1"}, "devDependencies": {"plain-warning": "1"}}', False),
        ('{"dependencies": {"plain-warning": "1"}, "devDependencies": {"wire": "1"}}', True),
        ('{"devDependencies": {"plain-warning": "1"}}', True),
        ('{"dependencies": [', True),
        ('{"dependencies": {"wire": "1"}, "devDependencies": ["plain-warning"]}', True),
    ):
        folder = tmp_path / str(len(manifest))
        assert bool(swapped(folder, OLD, called, manifest=manifest)) is is_told, manifest


def test_what_the_language_has_itself_is_no_other_package() -> None:
    def is_told(target: str) -> bool:
        reason = f"Use typing instead of {target}"
        life = EdgeLife("src/shop/", target, True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, reason)
        builder = FactsBuilder().module("src/shop/till.py", "import typing").edge_life(life)
        builder.edge("src/shop/till.py", "typing", stdlib=True)
        return bool(list(detect_technology_choice(builder.commit("Newest", time=NOW).build())))

    assert not is_told("typing_extensions")
    assert is_told("attrs_extensions")
