"""Offers tools to a model and answers its calls: typed arguments in, fenced data out, refusals in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from alloy_assist.agent.fencing import fenced
from alloy_assist.agent.tools import code, past
from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.gateway import ToolCall, ToolSpec
from archaeology.errors import ArchaeologyError
from archaeology.text import visible_line

MAX_RESULT_CHARACTERS = 6_000


@dataclass(frozen=True)
class Tool:
    """A function over the workspace. ``arguments`` describes and checks what a model may pass."""

    name: str
    description: str
    arguments: type[BaseModel]
    run: Callable[[Workspace, Any], str]


class Toolbox:
    """Some tools over one workspace. Remembers calls, so that a model that repeats itself is told so instead of answered."""

    def __init__(self, workspace: Workspace, tools: Iterable[Tool]) -> None:
        self._workspace = workspace
        self._tools = {tool.name: tool for tool in tools}
        self._seen: set[tuple[str, str]] = set()
        self.repeated = 0

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return what a model is told of the tools."""
        return specs_of(self._tools.values())

    def answer(self, call: ToolCall) -> str:
        """Return what a call gives. What is wrong with a call is said in the answer: nothing a model does raises."""
        tool = self._tools.get(call.name)
        if tool is None:
            return f"There is no tool {visible_line(call.name)!r}. There are: {', '.join(self._tools)}."
        try:
            arguments = tool.arguments.model_validate_json(call.arguments or "{}")
        except ValidationError as error:
            first = error.errors()[0]
            return f"Wrong arguments for {tool.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}."
        key = (tool.name, arguments.model_dump_json())
        if key in self._seen:
            self.repeated += 1
            return f"You have called {tool.name} with these arguments already; its result is above. Ask for something else, or answer."
        self._seen.add(key)
        try:
            result = tool.run(self._workspace, arguments)
        except ArchaeologyError as error:
            return f"{tool.name} found nothing: {visible_line(str(error))}"
        return fenced(f"result of {tool.name} {arguments.model_dump_json()}", result, MAX_RESULT_CHARACTERS)


def standard_tools() -> tuple[Tool, ...]:
    """Return every tool that there is."""
    return (
        Tool("list_files", "List tracked files below a folder.", code.Folder, code.list_files),
        Tool("read_span", "Read lines of a file (at most 120).", code.Span, code.read_span),
        Tool("search", "Find lines that contain a text.", code.Needle, code.search),
        Tool("symbol", "Find where a class or function is defined.", code.Name, code.symbol),
        Tool("importers", "List the files that import a file or package.", code.Target, code.importers),
        Tool("imports", "List what a file imports.", code.File, code.imports),
        Tool("tests_for", "List tests and fakes that touch a file.", code.File, code.tests_for),
        Tool("history", "Show how often a file changed, and commits whose reasons name it.", code.File, past.history),
        Tool("show_commit", "Show a commit's message and diff.", past.Commit, past.show_commit),
        Tool("blame", "Show which commit last touched lines of a file.", code.Span, past.blame),
        Tool("observations", "List what the survey observed about a path.", code.Target, past.observations),
        Tool("records", "List accepted records of engineering intent that mention a word.", code.Needle, past.records),
    )


def specs_of(tools: Iterable[Tool]) -> tuple[ToolSpec, ...]:
    """Return what a model is told of tools."""
    return tuple(ToolSpec(tool.name, tool.description, _schema(tool.arguments)) for tool in tools)


def _schema(arguments: type[BaseModel]) -> dict[str, Any]:
    schema = arguments.model_json_schema()
    schema.pop("title", None)
    schema.pop("description", None)
    return schema
