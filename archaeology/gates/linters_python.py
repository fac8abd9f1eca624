"""Python's linters and type checkers, with how strict they are: ruff, flake8, pylint, mypy, pyright, coverage."""

from __future__ import annotations

from archaeology.facts import Gate
from archaeology.gates.ini_format import entries
from archaeology.gates.located import MISSING, Node
from archaeology.gates.source import Source

_MYPY_STRICT = (
    "strict",
    "disallow_untyped_defs",
    "disallow_any_generics",
    "disallow_incomplete_defs",
    "check_untyped_defs",
    "warn_unreachable",
    "warn_return_any",
    "warn_unused_ignores",
    "no_implicit_optional",
    "strict_optional",
)
_MYPY_LOOSE = ("ignore_errors", "ignore_missing_imports", "allow_untyped_defs")
_MANY = 12


def read_pyproject(source: Source) -> list[Gate]:
    """Read the tools that ``pyproject.toml`` configures."""
    tools = source.toml.get("tool")
    readers = {
        "ruff": _ruff,
        "mypy": _mypy,
        "pyright": _pyright,
        "basedpyright": _pyright,
        "pylint": _pylint,
        "flake8": _flake8,
        "coverage": _coverage,
        "pytest": _pytest,
    }
    gates: list[Gate] = []
    for name, read in readers.items():
        if tools.get(name).is_mapping:
            gates += read(source, tools.get(name), name)
    for name in ("black", "isort", "ty", "bandit", "interrogate", "deptry", "vulture"):
        if tools.get(name).is_mapping:
            gates.append(
                source.gate(
                    f"linter:{name}",
                    "linter",
                    name,
                    tools.get(name),
                    command=name,
                    strictness=_numbers(tools.get(name)),
                )
            )
    return gates


def read_ruff_toml(source: Source) -> list[Gate]:
    """Read ``ruff.toml``."""
    return _ruff(source, source.toml, "ruff")


def read_python_ini(source: Source) -> list[Gate]:
    """Read the sections of ``setup.cfg``, ``tox.ini``, ``mypy.ini``, ``.flake8``, ``.coveragerc`` and ``.pylintrc``."""
    gates: list[Gate] = []
    sections = dict(source.ini.items())
    if "mypy" in sections:
        gates += _mypy(source, sections["mypy"], "mypy")
    if "flake8" in sections:
        gates += _flake8(source, sections["flake8"], "flake8")
    coverage = "" if source.name == ".coveragerc" else "coverage:"
    report = sections.get(f"{coverage}report", MISSING)
    gates += _threshold(source, report.get("fail_under"), sections.get(f"{coverage}run", MISSING))
    if any(name.upper() in {"MASTER", "MAIN", "MESSAGES CONTROL"} for name in sections):
        gates.append(source.gate("linter:pylint", "linter", "pylint", None, command="pylint"))
    if source.name in {"pytest.ini", "setup.cfg", "tox.ini"}:
        gates += _pytest_options(source, sections.get("pytest", sections.get("tool:pytest", MISSING)))
    return gates


def read_pyright_json(source: Source) -> list[Gate]:
    """Read ``pyrightconfig.json``."""
    return _pyright(source, source.json, "pyright")


def _ruff(source: Source, node: Node, name: str) -> list[Gate]:
    lint = node.get("lint") if node.get("lint").is_mapping else node
    selected = (*lint.get("select").texts(), *lint.get("extend-select").texts())
    ignored = (*lint.get("ignore").texts(), *lint.get("extend-ignore").texts())
    banned = tuple(f"banned: {module}" for module, _ in lint.get("flake8-tidy-imports", "banned-api").items())
    complexity = lint.get("mccabe", "max-complexity").text()
    strictness = (
        *_listed("select", selected),
        *((f"ignores {len(ignored)} rules",) if ignored else ()),
        *((f"complexity at most {complexity}",) if complexity else ()),
        *banned,
    )
    return [source.gate(f"linter:{name}", "linter", name, node, command="ruff check", strictness=strictness)]


def _mypy(source: Source, node: Node, name: str) -> list[Gate]:
    strictness = [option for option in _MYPY_STRICT if node.get(option).flag()]
    strictness += [f"loose: {option}" for option in _MYPY_LOOSE if node.get(option).flag()]
    plugins = node.get("plugins")
    strictness += [f"plugin: {plugin}" for plugin in (plugins.texts() if plugins.is_list else entries(plugins))]
    overrides = [
        override for override in node.get("overrides").each() if any(override.get(key).flag() for key in _MYPY_LOOSE)
    ]
    if overrides:
        strictness.append(f"loosened for {len(overrides)} groups of modules")
    return [source.gate(f"types:{name}", "type_checker", name, node, command="mypy", strictness=tuple(strictness))]


def _pyright(source: Source, node: Node, name: str) -> list[Gate]:
    mode = node.get("typeCheckingMode").text()
    errors = tuple(key for key, value in node.items() if key.startswith("report") and value.text() == "error")
    strictness = (
        *((f"mode: {mode}",) if mode else ()),
        *_listed("strict", node.get("strict").texts()),
        *_listed("errors", errors),
    )
    return [source.gate(f"types:{name}", "type_checker", name, node, command=name, strictness=strictness)]


def _pylint(source: Source, node: Node, name: str) -> list[Gate]:
    sections = [node, *(section for _, section in node.items() if section.is_mapping)]
    disabled = {message for section in sections for message in section.get("disable").texts()}
    threshold = next((text for section in sections if (text := section.get("fail-under").text())), "")
    strictness = (
        *((f"disables {len(disabled)} messages",) if disabled else ()),
        *((f"score at least {threshold}",) if threshold else ()),
    )
    return [source.gate(f"linter:{name}", "linter", name, node, command="pylint", strictness=strictness)]


def _flake8(source: Source, node: Node, name: str) -> list[Gate]:
    selected = entries(node.first("select", "extend-select"))
    complexity = node.first("max-complexity", "max_complexity").text()
    strictness = (*_listed("select", selected), *((f"complexity at most {complexity}",) if complexity else ()))
    return [source.gate(f"linter:{name}", "linter", name, node, command="flake8", strictness=strictness)]


def _coverage(source: Source, node: Node, name: str) -> list[Gate]:
    del name
    return _threshold(source, node.get("report", "fail_under"), node.get("run"))


def _threshold(source: Source, node: Node, run: Node) -> list[Gate]:
    percent = node.text()
    if percent in {"", "0"}:
        return []
    branches = ("branches",) if run.get("branch").flag() else ()
    return [
        source.gate(
            "coverage:python",
            "coverage",
            f"coverage at least {percent} %",
            node,
            command="coverage report",
            strictness=(f"{percent} %", *branches),
        )
    ]


def _pytest(source: Source, node: Node, name: str) -> list[Gate]:
    del name
    return _pytest_options(source, node.get("ini_options") if node.get("ini_options").is_mapping else node)


def _pytest_options(source: Source, node: Node) -> list[Gate]:
    """Return a gate for options that make pytest itself strict, and one for a coverage threshold among them."""
    options = " ".join(node.get("addopts").texts()).split()
    strictness = [
        option
        for option in options
        if option in {"--strict-markers", "--strict-config", "--strict", "--disable-socket"}
    ]
    strictness += ["xfail_strict"] if node.get("xfail_strict").flag() else []
    warnings = node.get("filterwarnings")
    first = (warnings.texts() if warnings.is_list else tuple(warnings.text().split()))[:1]
    strictness += ["warnings are errors"] if first == ("error",) else []
    gates: list[Gate] = []
    if strictness:
        gates.append(
            source.gate(
                "linter:pytest", "linter", "strict pytest", node, command="pytest", strictness=tuple(strictness)
            )
        )
    for option, value in zip(options, [*options[1:], ""], strict=False):
        if option.startswith("--cov-fail-under"):
            percent = option.partition("=")[2] or value
            gates.append(
                source.gate(
                    "coverage:python",
                    "coverage",
                    f"coverage at least {percent} %",
                    node.get("addopts"),
                    command="pytest --cov",
                    strictness=(f"{percent} %",),
                )
            )
    return gates


def _listed(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        return ()
    shown = ", ".join(names[:_MANY]) + (f" and {len(names) - _MANY} more" if len(names) > _MANY else "")
    return (f"{word}: {shown}",)


def _numbers(node: Node) -> tuple[str, ...]:
    return tuple(
        f"{key}: {value.text()}"
        for key, value in node.items()
        if key in {"fail-under", "line-length", "profile"} and value.text()
    )
