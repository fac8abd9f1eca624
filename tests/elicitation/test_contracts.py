"""Ready-made contracts for import checkers, and the words for boundaries."""

import json
import tomllib
from typing import Any

import pytest
from ruamel.yaml import YAML

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.boundary import boundary_of, listed
from alloy_assist.elicitation.checking import prohibition_of, statement_of
from alloy_assist.elicitation.contracts import TOOLS, contract_for, tool_for
from alloy_assist.elicitation.scoping import glob_of, scope_of, wider


def end(path: str) -> dict[str, Any]:
    return {"module": path.rstrip("/"), "path": path, "external": False}


def boundary(sources: list[str], forbidden: list[str], **more: Any) -> dict[str, Any]:
    return {
        "kind": "import_boundary",
        "sources": [end(path) for path in sources],
        "forbidden": [end(path) for path in forbidden],
        "except": [],
        **more,
    }


CHECK = boundary(
    ["src/shop/domain/"],
    ["src/shop/web/", "src/shop/cli.py"],
    **{"except": [{"from": "src/shop/domain/legacy.py", "to": "src/shop/web/"}, {"from": "**/tests/**", "to": "**"}]},
)
TITLE = 'Domain "never" imports\nweb'


def test_import_linter_gets_a_forbidden_contract_with_modules_and_exceptions() -> None:
    contract = tomllib.loads(contract_for(CHECK, "import-linter", TITLE))["tool"]["importlinter"]["contracts"][0]
    assert contract["type"] == "forbidden"
    assert contract["name"] == 'Domain "never" imports web'
    assert contract["source_modules"] == ["shop.domain"]
    assert contract["forbidden_modules"] == ["shop.web", "shop.cli"]
    assert contract["ignore_imports"] == ["shop.domain.legacy -> shop.web.**", "**.tests.** -> **"]
    assert contract["allow_indirect_imports"] is True


def test_import_linter_gets_layers_where_the_boundary_is_a_stack() -> None:
    layers = (("src/shop/cli.py",), ("src/shop/web/", "src/shop/jobs/"), ("src/shop/domain/",))
    contract = tomllib.loads(contract_for(CHECK, "import-linter", TITLE, layers))["tool"]["importlinter"]["contracts"][
        0
    ]
    assert contract["containers"] == ["shop"]
    assert contract["layers"] == ["cli", "web : jobs", "domain"]


def test_dependency_cruiser_gets_a_rule() -> None:
    rule = json.loads(contract_for(CHECK, "dependency-cruiser", TITLE))
    assert rule["from"]["path"] == "^src/shop/domain/"
    assert rule["from"]["pathNot"].endswith("^(.*/)?tests/.*")
    assert rule["to"]["path"] == "^src/shop/web/|^src/shop/cli\\.py$"


def test_deptrac_gets_layers_and_may_use_all_that_is_not_forbidden() -> None:
    loader: Any = YAML(typ="safe", pure=True)
    document = loader.load(contract_for(CHECK, "deptrac", TITLE))["deptrac"]
    domain, web, cli = (layer["name"] for layer in document["layers"])
    assert document["ruleset"] == {domain: [], web: [domain, cli], cli: [domain, web]}
    assert document["layers"][0]["collectors"][0]["type"] == "bool"
    assert document["layers"][1]["collectors"][0]["type"] == "directory"


def test_deptrac_gets_one_layer_for_what_stands_on_both_sides() -> None:
    loader: Any = YAML(typ="safe", pure=True)
    siblings = {
        **CHECK,
        "except": [],
        "forbidden": CHECK["sources"] + CHECK["forbidden"][:1],
        "sources": CHECK["sources"],
    }
    document = loader.load(contract_for(siblings, "deptrac", TITLE))["deptrac"]
    assert len(document["layers"]) == 2


def test_tach_and_archunit_name_both_sides() -> None:
    assert tomllib.loads(contract_for(CHECK, "tach", TITLE))["modules"][0]["cannot_depend_on"] == [
        "shop.web",
        "shop.cli",
    ]
    assert 'resideInAnyPackage("shop.domain..")' in contract_for(CHECK, "archunit", TITLE)


@pytest.mark.parametrize("tool", [*TOOLS, None, "other"])
def test_other_checks_and_other_tools_get_no_contract(tool: str | None) -> None:
    assert contract_for({"kind": "path_exists", "path": "x"}, tool, "t") == ""
    assert contract_for(CHECK, None, "t") == ""


def test_the_tool_is_the_one_in_use_else_the_usual_one_for_the_language() -> None:
    assert tool_for(["boundary:tach:x"], ["a.py"]) == "tach"
    assert tool_for([], ["a.ts", "b.ts", "c.py"]) == "dependency-cruiser"
    assert tool_for([], ["main.rs"]) is None


@pytest.mark.parametrize(
    ("check", "inside", "outside"),
    [
        (boundary(["app/a/"], ["app/b/"]), "`a`", "`b`"),
        (boundary(["app/a.py"], ["app/b/", "app/c/"]), "`a`", "`b` or `c`"),
        (boundary(["app/a/"], ["app/b/", "app/c/", "app/d/", "app/e/"]), "`a`", "what is built on top of it"),
        (boundary(["app/b/", "app/c/", "app/d/", "app/e/"], ["app/a/"]), "the code below `a`", "`a`"),
        (boundary(["app/a/", "app/b/"], ["app/a/", "app/b/"]), "`a` and `b`", "each other"),
        (
            boundary(["app/a/", "app/b/"], ["app/b/", "app/c/"]),
            "the lower layers of `app`",
            "the layers above them",
        ),
        (
            boundary(["app/a/", "app/b/", "app/c/", "app/d/"], ["app/b/", "app/c/", "app/d/", "app/e/"]),
            "the lower layers of `app`",
            "the layers above them",
        ),
        (
            {"kind": "import_boundary", "sources": [end("a/")], "forbidden": [{"module": "stripe", "external": True}]},
            "`a`",
            "`stripe`",
        ),
    ],
)
def test_a_boundary_is_named_as_a_developer_would(check: dict[str, Any], inside: str, outside: str) -> None:
    named = boundary_of(check)
    assert named is not None
    assert (named.inside, named.outside) == (inside, outside)
    assert inside.split("`")[1] in statement_of(check)
    assert prohibition_of(check).startswith("import ")


@pytest.mark.parametrize(
    "check",
    [
        None,
        {},
        {"kind": "path_exists", "path": "x"},
        {"kind": "import_boundary"},
        {"kind": "import_boundary", "sources": ["x"], "forbidden": None},
    ],
)
def test_what_is_no_boundary_has_no_names(check: dict[str, Any] | None) -> None:
    assert boundary_of(check) is None
    assert prohibition_of(check or {}) == ""


def test_names_from_a_repository_cannot_break_out_of_their_quotes() -> None:
    assert listed(["a`b\x1b[2J"]) == "`a’b␛[2J`"


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        (
            {"kind": "pattern_present", "pattern": "delegate\\W+to\\W+impl", "paths": ["a.go"]},
            "`a.go` still says `delegate to impl`",
        ),
        ({"kind": "pattern_absent", "pattern": "eval", "paths": ["a.py"]}, "`a.py` nowhere says `eval`"),
        ({"kind": "symbol_exists", "symbol": "Root", "path": "errors.py"}, "`Root` is defined in `errors.py`"),
        ({"kind": "test_exists", "test": "tests/x"}, "the test `tests/x` exists"),
        ({"kind": "command", "argv": ["make", "check"]}, "the command `make check` succeeds"),
        ({"kind": "from the future"}, ""),
    ],
)
def test_every_kind_of_check_can_be_said(check: dict[str, Any], statement: str) -> None:
    assert statement_of(check) == statement


def test_the_scope_is_what_the_check_guards_and_never_the_world() -> None:
    def scope(paths: list[str], family: str | None = None) -> tuple[str, ...]:
        check = boundary(paths, ["z/"]) if paths else None
        return scope_of(m.Subject(kind=m.SubjectKind.HYPOTHESIS, check=check, family=family))

    assert scope(["src/a/", "src/b.py"]) == ("src/a/**", "src/b.py")
    assert scope([""]) == ()
    assert scope([]) == ()
    assert scope([f"src/{name}/" for name in "abcdefg"]) == ("src/**",)
    assert scope([], "enforced_gate") == ("**",)
    assert wider(("src/a/x/**", "src/a/y.py")) == "src/a/**"
    assert wider(("a/**", "b/**")) is None
    assert glob_of("./") == "**"
