"""What only a person can answer about a boundary: each question names what was seen that raised it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archaeology.boundaries.statement import Form, Statement, without_facades
from archaeology.boundaries.wording import listed, package_of, place_of, short
from archaeology.text import visible_line

MAX_QUESTIONS = 3
_NAMED = 3


def questions(statement: Statement, stated_by: str = "") -> tuple[str, ...]:
    """Return up to three questions; ``stated_by`` names a gate or document that already states the boundary."""
    asked = [*_about_what_states_it(stated_by), *_about_breaks(statement), *_ASKED[statement.form](statement)]
    return tuple(asked[:MAX_QUESTIONS])


def _about_what_states_it(stated_by: str) -> Iterator[str]:
    if stated_by:
        yield f"{stated_by} already says so. Is it still meant, and what went wrong before it was laid down?"


def _about_breaks(statement: Statement) -> Iterator[str]:
    if statement.observed and statement.broken:
        source, target = statement.broken
        others = f" (and {statement.observed - 1} more)" if statement.observed > 1 else ""
        yield f"`{visible_line(source)}` imports `{visible_line(target)}`{others}: an exception that you accept, or a debt?"


def _downward(statement: Statement) -> Iterator[str]:
    source, target = _first(statement)
    if not statement.reverse:
        yield f"`{source}` imports nothing of {_outer(statement)}, and could: if a change made it, would you reject it, and why?"
        return
    builders = without_facades(statement.builders)
    target = short(builders[0], statement.container) if builders else target
    seen = f"{_who_builds(statement)} `{source}` {_times(statement.reverse)} and `{source}` never imports back"
    seen = seen[0].upper() + seen[1:]
    yield f"{seen}: if a change made `{source}` import `{target}`, would you reject it, and what would you ask for instead?"
    yield f"What does `{source}` not knowing {_outer(statement)} buy you: tests without them, another front end, a release of its own?"


def _who_builds(statement: Statement) -> str:
    """Those that import the unit, and the verb: not each that is forbidden does."""
    builders = without_facades(statement.builders)
    if not builders:
        return f"some of {_outer(statement)} import"
    who = listed(builders[:_NAMED], statement.container)
    if len(builders) > _NAMED:
        return f"{who}, among others, import"
    return f"{who} import{'s' if len(builders) == 1 else ''}"


def _top(statement: Statement) -> Iterator[str]:
    target = listed(statement.forbidden, statement.container, joiner="or")
    yield f"Nothing imports {target}: is it replaceable, the only way in, or simply the newest part?"
    yield f"If something in {target} were needed further down, would you move it or allow the import?"


def _column(statement: Statement) -> Iterator[str]:
    target = listed(statement.forbidden, statement.container, joiner="or")
    only = listed(statement.allowed, statement.container)
    yield f"Why is {target} for {only} alone: is it costly, unfinished, or theirs?"
    yield f"Who would have to agree before another package imported {target}?"


def _siblings(statement: Statement) -> Iterator[str]:
    first, second = (short(end, statement.container) for end in without_facades(statement.sources)[:2])
    yield f"When `{first}` and `{second}` need the same thing, where does it go, and who has decided that?"
    yield f"Could `{first}` be taken out or released without the others, and has that been needed?"


def _stack(statement: Statement) -> Iterator[str]:
    steps = [
        listed([end for end in statement.ends if end.path in layer], statement.container) for layer in statement.layers
    ]
    yield f"Which of the {len(steps)} steps in {place_of(statement)} would you defend in a review, and which just turned out so?"
    yield f"What may {steps[-1]} never know about {steps[0]}, even when it would be handy?"


def _private(statement: Statement) -> Iterator[str]:
    package = package_of(statement)
    yield f"Who relies on what `{package}` exports, and what do they get told before it changes?"
    yield f"May the private modules of `{package}` change without notice, also for the code beside it?"


def _vendor_only(statement: Statement) -> Iterator[str]:
    vendor = visible_line(statement.forbidden[0].module)
    only = listed(statement.allowed, statement.container)
    used = (
        f"All {statement.attempts} imports of `{vendor}` are"
        if statement.attempts > 1
        else f"The one import of `{vendor}` is"
    )
    yield f"{used} in {only}: do you expect to replace it, or is it fenced in for another reason?"
    yield f"What would you ask of a change that imported `{vendor}` elsewhere?"


def _vendor_free(statement: Statement) -> Iterator[str]:
    source, vendor = _first(statement)
    vendors = listed(statement.forbidden, statement.container)
    used = f"{vendors} {'are' if len(statement.forbidden) > 1 else 'is'} imported {statement.attempts} times elsewhere"
    yield f"{used}, never in `{source}`: is that a rule, and what is it for (start-up, tests, reuse)?"
    yield f"What would `{source}` lose first if somebody imported `{vendor}` there?"


def _first(statement: Statement) -> tuple[str, str]:
    return short(statement.sources[0], statement.container), short(statement.forbidden[0], statement.container)


def _outer(statement: Statement) -> str:
    return listed(without_facades(statement.forbidden)[:_NAMED], statement.container)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


_ASKED: dict[Form, Callable[[Statement], Iterator[str]]] = {
    Form.GROUND: _downward,
    Form.ROW: _downward,
    Form.TOP: _top,
    Form.COLUMN: _column,
    Form.SIBLINGS: _siblings,
    Form.STACK: _stack,
    Form.PRIVATE: _private,
    Form.VENDOR_ONLY: _vendor_only,
    Form.VENDOR_FREE: _vendor_free,
}
