"""Contradictions: a document that says never while the code does, interfaces without a second side.

Why this is evidence of intent: somebody did write the rule or make the interface. That the code goes another way does not
prove them wrong: it may be drift, an exception that everybody knows, or an intent that has died. Only a person can tell, so these are questions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from archaeology.detectors.places import cite, cite_all, folder_of, production_paths
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Call, Definition, Facts, Rule
from archaeology.facts.rows import Choice
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_FORBIDDEN = re.compile(
    r"\b(?:never|must not|must never|do not|don['’]t|not allowed to|may not|avoid)\s+(?:directly\s+)?(?:import(?:ing)?|us(?:e|ing)|call(?:ing)?|depend(?:ing)? on|instantiat(?:e|ing))\s+(?:the\s+)?`([\w.:/@-]+)(?:\(\))?`",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:tests?|examples?|docs?|documentation|commit|changelog|unless|except|if|when)\b", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s*(?:directly|anywhere|ever|at all|yourself)?\s*(?:(?:in|under|inside|within|from|outside(?: of)?) `[\w./-]+/[\w./-]*`)?\s*"
    r"(?:[.;!]|(?:[,;:—–-]|\b(?:because|since|as it|as they)\b).*)?",
    re.IGNORECASE | re.DOTALL,
)
_SCOPE = re.compile(r"\b(?:in|under|inside|within|from|outside(?: of)?)\s+`([\w./-]+/[\w./-]*)`")
_YEARS, _YEAR = 2, 365 * 86_400
_MIN_METHODS = 2
_SHORTEST_NAME = 5
_HIDDEN = frozenset({"private", "internal"})
_NAME_PREFIX = re.compile(r"^I(?:Am(?:An?)?)?(?=[A-Z])")
_MOST_LONELY = 3
_A_HABIT = 8


def detect_contradictions(facts: Facts) -> Iterator[Observation]:
    """Yield both sides of each contradiction: what was declared, and what the code does."""
    yield from _broken_rules(facts)
    yield from _lonely_interfaces(facts)


def _broken_rules(facts: Facts) -> Iterator[Observation]:
    rules = [
        (rule, match.group(1))
        for rule in facts.documents.rules
        if rule.force == "must_not" and (match := _FORBIDDEN.search(rule.text))
    ]
    if not rules:
        return
    used = _uses(facts, {name for _, name in rules})
    for rule, name in rules:
        scope = _SCOPE.search(rule.text)
        places = [place for place in used.get(name, ()) if scope is None or place[0].startswith(scope.group(1))]
        if places and _is_unconditional(rule.text) and rule.status not in {"superseded", "deprecated"}:
            group = stable_id("contradiction", "rule", rule.path, name)
            yield _stated(facts, rule, name, group)
            yield Observation(
                id=stable_id("obs", "contradiction", "done", rule.path, name),
                category=Category.STRUCTURAL,
                family=Family.CONTRADICTION,
                summary=f"`{name}` is used in {len({path for path, *_ in places})} source files: {', '.join(f'`{path}:{line}`' for path, line, _ in places[:3])}.",
                subject=tuple(dict.fromkeys(path for path, *_ in places))[:6],
                citations=cite_all(facts, places),
                data={"group": group, "role": "done", "name": name, "places": len(places)},
            )


def _is_unconditional(text: str) -> bool:
    """Whether a rule ends with the name, or with where it holds: what it is forbidden *for* cannot be seen in an import."""
    match = _FORBIDDEN.search(text)
    return (
        match is not None
        and _TAIL.fullmatch(text[match.end() :]) is not None
        and not _ELSEWHERE.search(text[: match.start()])
    )


def _stated(facts: Facts, rule: Rule, name: str, group: str) -> Observation:
    return Observation(
        id=stable_id("obs", "contradiction", "rule", rule.path, rule.text),
        category=Category.TEXTUAL,
        family=Family.CONTRADICTION,
        summary=f"{rule.path} says: “{rule.text}”",
        subject=(rule.path,),
        citations=cite(facts, rule.path, rule.start_line, rule.end_line),
        data={"group": group, "role": "rule", "name": name, "text": rule.text, "path": rule.path},
    )


def _uses(facts: Facts, names: Iterable[str]) -> dict[str, list[tuple[str, int, str | None]]]:
    """Where product code imports or calls one of the names."""
    wanted = set(names)
    within = {name[: found.start()] for name in wanted for found in re.finditer(r"\.", name)}
    found: dict[str, list[tuple[str, int, str | None]]] = defaultdict(list)
    calls = Choice[Call](lambda call: call.target in wanted)
    for path in production_paths(facts):
        code = facts.code[path]
        for item in code.imports:
            whole = [f"{item.module}.{part}" for part in item.names] if item.module in within else ()
            for name in wanted.intersection((item.module, *whole)):
                found[name].append((path, item.line, None))
        for call in calls.of(code.calls):
            found[call.target].append((path, call.line, call.symbol))
    return found


def _lonely_interfaces(facts: Facts) -> Iterator[Observation]:
    """Interfaces whose one implementation has carried their name for years, with no double in any test."""
    history = facts.history
    if history.last_time is None:
        return
    born = {
        path: kept.first_time
        for path, kept in history.files.items()
        if history.last_time - kept.first_time >= _YEARS * _YEAR
    }
    lonely = list(_alone(facts, born))
    if len(lonely) > _A_HABIT:
        return  # that each has one is how this code is written; of none of them one would ask
    witnesses = Witnesses(facts)
    for path, definition, one in lonely[:_MOST_LONELY]:
        commit = witnesses.commit_at(born[path])
        if commit is not None:
            group = stable_id("contradiction", "interface", path, definition.name)
            yield Observation(
                id=stable_id("obs", "contradiction", "interface", path, definition.name),
                category=Category.STRUCTURAL,
                family=Family.CONTRADICTION,
                summary=f"`{definition.name}` ({path}) is implemented by `{one[1].name}` alone, and no test stands in for it.",
                subject=(path, one[0]),
                citations=(
                    *cite(facts, path, definition.start_line, definition.end_line, definition.name),
                    *cite(facts, one[0], one[1].start_line, one[1].start_line, one[1].name),
                ),
                data={
                    "group": group,
                    "role": "interface",
                    "name": definition.name,
                    "only": one[1].name,
                    "path": path,
                },
            )
            years = (history.last_time - born[path]) // _YEAR
            yield Observation(
                id=stable_id("obs", "contradiction", "age", path, definition.name),
                category=Category.HISTORICAL,
                family=Family.CONTRADICTION,
                summary=f"Its file is {years} years old.",
                subject=(folder_of(path),),
                citations=(facts.reader.cite_commit(commit.oid, commit.subject),),
                data={"group": group, "role": "age", "years": years},
            )


def _alone(facts: Facts, paths: Container[str]) -> Iterator[tuple[str, Definition, tuple[str, Definition]]]:
    """The interfaces in some of the product's files that one class implements and no test doubles: path, interface, and the class with its path."""
    interfaces = Choice[Definition](lambda definition: definition.kind == "interface")
    declared = [
        (path, definition)
        for path in sorted(facts.code)
        if path in paths and facts.files[path].is_production
        for definition in interfaces.of(facts.code[path].definitions)
    ]
    if not declared:
        return
    doubled = {(fake.stands_for or "").replace("\\", ".").rsplit(".", 1)[-1] for fake in facts.tests.fakes}
    behind: dict[str, list[tuple[str, Definition]]] = defaultdict(list)
    methods: dict[tuple[str, str], int] = defaultdict(int)
    for path in sorted({path for path, _ in declared}):
        for definition in facts.code[path].definitions:
            methods[path, definition.name.rpartition(".")[0]] += definition.kind in {"method", "function"}
    derived = Choice[Definition](lambda definition: bool(definition.bases))
    for path in sorted(facts.code):  # examples and other builds implement it as well
        for definition in derived.of(facts.code[path].definitions):
            for base in definition.bases:
                behind[base.split("<")[0].rsplit(".", 1)[-1]].append((path, definition))
    for path, definition in declared:
        only = behind.get(definition.name, [])
        enough = methods[path, definition.name] >= _MIN_METHODS and definition.name not in doubled
        further = only and behind.get(only[0][1].name.rsplit(".", 1)[-1])
        if enough and len(only) == 1 and not further and _implements(definition, only[0][1]):
            yield path, definition, only[0]


def _implements(interface: Definition, only: Definition) -> bool:
    """Whether a class is there for this interface alone, and for callers to see."""
    return not (
        only.abstract
        or only.kind == "interface"  # what extends it implements nothing
        or only.visibility in _HIDDEN  # what callers may see, in front of what they may not
        or only.name.startswith(f"{interface.name}.")
        or not _same_word(interface.name, only.name.rsplit(".", 1)[-1])
    )


def _same_word(interface: str, implementation: str) -> bool:
    """Whether one name is the other with something before or after it: then nothing else was meant to implement it."""
    plain = _NAME_PREFIX.sub("", interface)
    return len(plain) >= _SHORTEST_NAME and (plain in implementation or implementation in plain)
