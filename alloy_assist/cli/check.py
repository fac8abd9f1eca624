"""``alloy check``: do the checks of the records hold at a revision?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from alloy_assist.cli.output import Session, common
from alloy_assist.errors import NotSoError
from archaeology.text import visible_line
from store.records import COMPILABLE_STATES, IntentRecord

if TYPE_CHECKING:
    from rich.console import Console

_root = click.Group()


@common(
    _root,
    "check",
    example="alloy check                         every accepted and active record, at HEAD\n"
    "alloy check payment --rev v2.0 --json",
)
@click.argument("records", nargs=-1)
@click.option("--rev", metavar="REVISION", help="Evaluate at this revision instead of HEAD.")
def check(session: Session, records: tuple[str, ...], rev: str | None) -> None:
    """Evaluate the machine checks of RECORDS (default: all accepted and active ones); exit 1 where one fails."""
    intents = session.project.intents
    chosen = [intents.show(name) for name in records] or list(intents.list(states=COMPILABLE_STATES))
    pairs = [(record, item) for record in chosen for item in record.facets.evidence if item.check]
    verdicts = session.project.evidence.verdicts([item.check for _, item in pairs if item.check], rev) if pairs else ()
    results = [
        _result(record, item.statement, verdict) for (record, item), verdict in zip(pairs, verdicts, strict=True)
    ]
    session.emit("alloy.check_results.v1", {"revision": rev, "results": results}, lambda out: _show(out, results))
    failed = [result for result in results if result["holds"] is False]
    if failed:
        message = f"{len(failed)} of {len(results)} checks fail."
        raise NotSoError(message, hint="The lines above say where; `alloy intent show` says why it matters.")


def _result(record: IntentRecord, statement: str, verdict: Any) -> dict[str, Any]:
    return {
        "record": record.id,
        "evidence": statement,
        "holds": verdict.holds,
        "detail": verdict.detail,
        "violations": [{"path": item.path, "line": item.line, "detail": item.detail} for item in verdict.violations],
    }


def _show(out: Console, results: list[dict[str, Any]]) -> None:
    if not results:
        out.print("No accepted or active record has a machine check yet.")
    words = {True: "holds", False: "FAILS", None: "unknown"}
    for result in results:
        out.print(f"{words[result['holds']]:8} {visible_line(result['record'])}: {visible_line(result['evidence'])}")
        if result["holds"] is not True and result["detail"]:
            out.print(f"         {visible_line(result['detail'])}")
        for violation in result["violations"][:10]:
            out.print(
                f"         {visible_line(violation['path'])}:{violation['line']} {visible_line(violation['detail'])}"
            )
