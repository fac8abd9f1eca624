"""Sentences of documents that state rules, decisions and reasons, with the lines they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archaeology.documents.blocks import Block, blocks_of
from archaeology.documents.decisions import Decision, is_decision, read_decision
from archaeology.documents.force import force_of, is_about_code, is_design_heading, is_how_to_heading, is_noise
from archaeology.documents.sentences import Sentence, sentences_of
from archaeology.facts import Documents, File, Flag, Reader, Rule
from archaeology.reader import preload
from archaeology.text import visible_line

__all__ = ["read_documents"]

MAX_DOCUMENTS = 300
MAX_RULES_A_DOCUMENT = 200
MAX_DECISION_SENTENCES = 4
_ASIDE = frozenset(
    {Flag.VENDORED, Flag.GENERATED, Flag.BINARY, Flag.TOO_LARGE, Flag.SYMLINK, Flag.SUBMODULE, Flag.TEST, Flag.EXAMPLE}
)
_TEXT = r"(?:\.(?:md|mdx|markdown|rst|adoc|txt))?"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("agents", rf"(?:.*/)?(?:AGENTS?|CLAUDE|GEMINI|CONVENTIONS|\.cursorrules|\.windsurfrules|\.clinerules){_TEXT}"),
        (
            "agents",
            r"(?:.*/)?\.cursor/rules/.*\.mdc?|\.github/(?:copilot-instructions|instructions/.*\.instructions)\.md|(?:.*/)?\.clinerules/.*\.md",
        ),
        ("charter", rf"(?:.*/)?(?:CHARTER|PRINCIPLES|MANIFESTO|PHILOSOPHY|VALUES|VISION|GOALS|NON-?GOALS){_TEXT}"),
        (
            "contributing",
            rf"(?:.*/)?(?:CONTRIBUTING|HACKING|DEVELOPMENT|DEVELOPING|DEVELOPERS?|STYLE(?:[-_]?GUIDE)?|CODING[-_]?(?:STYLE|STANDARDS?|GUIDELINES)|(?:DEVELOPER|CODE)[-_](?:GUIDE|STYLE|STANDARDS?)|GUIDELINES|REVIEWING|MAINTAIN(?:ERS?|ING)|(?:PULL|MERGE)_REQUEST_TEMPLATE|PRETTY_GOOD_PRACTICES|BEST[-_]?PRACTICES){_TEXT}",
        ),
        (
            "architecture",
            rf"(?:.*/)?(?:ARCHITECTURE|DESIGN|INTERNALS|INVARIANTS|DECISIONS|BOUNDARIES|LAYERS|THREAT[-_]?MODEL|[^/]*[-_](?:architecture|design|internals)|(?:architecture|design)[-_][^/]*){_TEXT}",
        ),
        ("architecture", r"(?:.*/)?(?:architecture|design|internals)/[^/]+\.(?:md|rst|adoc)"),
        ("readme", rf"(?:[^/]+/){{0,3}}README{_TEXT}"),
        (
            "other",
            rf"(?:docs?|documentation)/(?:.*/)?(?:[^/]*(?:guidelines?|rules|policy|policies|principles|standards?|conventions?|stability|compatibility)[^/]*){_TEXT}",
        ),
    )
)
_PROSE = re.compile(r"\.(?:md|mdx|mdc|markdown|rst|adoc|txt)$|(?:^|/)[A-Z_-]+$|rules$", re.IGNORECASE)
_DECISION_HEADING = re.compile(
    r"^(?:\W|\d)*(?:decision|decision outcome|outcome|we will|solution|resolution)\b", re.IGNORECASE
)
_REASON_HEADING = re.compile(
    r"^(?:\W|\d)*(?:context|problem|rationale|motivation|why|reasons?|consequences|drivers?)\b", re.IGNORECASE
)
_RULES_HEADING = re.compile(
    r"^(?:\W|\d)*(?:(?:hard|house|our|general|architecture|architectural|design|code|coding|key|core|golden|guiding) )?"
    r"(?:rules|invariants|principles|non-negotiables|do nots|don'?ts)(?:\W|\d)*$",
    re.IGNORECASE,
)
_NOT_CHOSEN = re.compile(r"alternativ|rejected|\boptions?\b|pros and cons|considered", re.IGNORECASE)
_FOLDERS_ASIDE = frozenset(
    {
        "specs",
        "plans",
        "proposals",
        "rfcs",
        "archive",
        "archived",
        "blog",
        "news",
        "templates",
        "template",
        "node_modules",
    }
)
_METADATA = re.compile(
    r"^(?:[*_]{0,2})(?:status|date|deciders?|authors?|tags?|superse\w+|technical story|issue|consulted|informed)\b[*_]{0,2}\s*:",
    re.IGNORECASE,
)
_FREE_KINDS = frozenset({"agents", "charter", "architecture"})


def read_documents(files: Mapping[str, File], reader: Reader) -> Documents:
    """Read every document that may state rules, decisions first, in the order of their paths; others are left out.

    At most 300 documents and 200 sentences of each are kept, those nearest to the root first.
    """
    kinds = {path: kind for path in files if _is_prose(files[path]) and (kind := kind_of(path))}
    chosen = sorted(kinds, key=lambda path: (kinds[path] != "adr", path.count("/"), path))[:MAX_DOCUMENTS]
    preload(reader, chosen)
    rules: list[Rule] = []
    for path in sorted(chosen):
        text = reader.text(path)
        if text is not None:
            rules += list(_rules(path, kinds[path], text))[:MAX_RULES_A_DOCUMENT]
    return Documents(rules=tuple(rules), files=tuple(sorted(chosen)))


def kind_of(path: str) -> str | None:
    """Return what kind of document a path is (``adr``, ``agents``, ``readme``, ...), or None for one that is not read."""
    if is_decision(path):
        return "adr"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(path)), None)


def _is_prose(file: File) -> bool:
    folders = file.path.lower().split("/")[:-1]
    return not (file.flags & _ASIDE) and _PROSE.search(file.path) is not None and _FOLDERS_ASIDE.isdisjoint(folders)


def _rules(path: str, kind: str, text: str) -> Iterator[Rule]:
    decision = read_decision(path, text) if kind == "adr" else Decision(None)
    seen: set[str] = set()
    decided = 0
    for block in blocks_of(path, text):
        for sentence in sentences_of(block):
            force = _decided(block, sentence, decided) if kind == "adr" else _force(kind, block, sentence)
            if force is None or sentence.text in seen:
                continue
            decided += kind == "adr" and _DECISION_HEADING.match(block.heading) is not None
            seen.add(sentence.text)
            yield Rule(
                text=visible_line(sentence.text),
                path=path,
                start_line=sentence.start_line,
                end_line=sentence.end_line,
                force=force,
                heading=visible_line(block.heading)[:160],
                document=kind,
                status=decision.status,
                superseded_by=visible_line(decision.superseded_by)[:200] if decision.superseded_by else None,
            )


def _force(kind: str, block: Block, sentence: Sentence) -> str | None:
    """Return the force of a sentence of an ordinary document, or None for noise.

    A README and a guide for contributors speak to users and newcomers most of the time: there a sentence has to be about
    code, and in the sections that tell how to do something there are no rules.
    """
    force = force_of(sentence.text)
    if force is None and _RULES_HEADING.match(block.heading):
        force = "should"  # a plain sentence under "Rules" is one
    if force is None or is_noise(sentence.text):
        return None
    if kind in _FREE_KINDS:
        return force if force != "because" or is_about_code(sentence.text) else None
    if is_how_to_heading(block.heading) and not (kind == "contributing" and is_about_code(sentence.text)):
        return None
    if not is_about_code(sentence.text):
        return None
    if kind == "readme" and not is_design_heading(block.heading):
        return (
            force
            if force in {"must", "must_not", "should_not"} and "you" not in sentence.text.lower().split()
            else None
        )
    return force


def _decided(block: Block, sentence: Sentence, decided: int) -> str | None:
    """Return the force of a sentence of a decision record: the first ones of the decision count as they stand."""
    if _NOT_CHOSEN.search(block.heading) and not _DECISION_HEADING.match(block.heading):
        return None
    if _METADATA.match(sentence.text) or block.heading.strip().lower() in {
        "status",
        "date",
        "references",
        "links",
        "see also",
    }:
        return None
    force = force_of(sentence.text)
    if is_noise(sentence.text):
        return None
    if force is None and _DECISION_HEADING.match(block.heading) and decided < MAX_DECISION_SENTENCES:
        return "must"
    if force is None and re.match(r"(?:\W|\d)*context\b|.*\bproblem\b", block.heading, re.IGNORECASE):
        return None
    return force if force is not None or not _REASON_HEADING.match(block.heading) else None
