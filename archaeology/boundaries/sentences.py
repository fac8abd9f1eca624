"""All sentences of a repository that may speak of a boundary: in documents, in comments, and in commit messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from archaeology.boundaries.mentions import Mentions
from archaeology.boundaries.texts import Sides, is_binding
from archaeology.facts import Comment, Facts, Rule
from archaeology.history.model import Reason

_SPEAKING = frozenset({"reason", "ban", "warning", "docstring"})


class Sentences:
    """Looks for sentences that name both sides of a statement; indexes are built when first needed."""

    def __init__(self, facts: Facts) -> None:
        """Look at these facts."""
        self._facts = facts

    def rule_about(self, said: Sides) -> Rule | None:
        """Return the first sentence of a document that lays the boundary down."""
        rules = self._facts.documents.rules
        found = (rules[number] for number in self._in_rules.of_both(said))
        return next((rule for rule in found if is_binding(rule) and said.both_in(rule.text)), None)

    def comment_about(self, paths: Callable[[], Sequence[str]], said: Sides) -> tuple[str, Comment] | None:
        """Return the first comment in some files that speaks of the boundary, with its path; which files, is asked where one may."""
        near = [self._comments[number] for number in self._in_comments.of_both(said)]
        if not near:
            return None
        order = {path: place for place, path in enumerate(paths())}
        near = sorted((found for found in near if found[0] in order), key=lambda found: order[found[0]])
        return next((found for found in near if said.both_in(found[1].text)), None)

    def reason_about(self, said: Sides) -> Reason | None:
        """Return the newest reason in a commit message that names both sides."""
        reasons = self._facts.history.reasons
        found = (reasons[number] for number in self._in_reasons.of_both(said))
        return next((reason for reason in found if said.both_in(reason.sentence)), None)

    @cached_property
    def _comments(self) -> list[tuple[str, Comment]]:
        return [
            (path, comment)
            for path, code in self._facts.code.items()
            for comment in code.comments
            if comment.kind in _SPEAKING
        ]

    @cached_property
    def _in_comments(self) -> Mentions:
        return Mentions(comment.text for _, comment in self._comments)

    @cached_property
    def _in_rules(self) -> Mentions:
        return Mentions(rule.text for rule in self._facts.documents.rules)

    @cached_property
    def _in_reasons(self) -> Mentions:
        return Mentions(reason.sentence for reason in self._facts.history.reasons)
