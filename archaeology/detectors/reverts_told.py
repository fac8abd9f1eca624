"""What a revert tells: the name of the change that it took back, why, and whether it was only a slip that was put right at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from archaeology.detectors.witnesses import Witnesses, words_of
from archaeology.facts import Facts
from archaeology.history.log import CommitSequence
from archaeology.history.model import Commit, History, Revert
from archaeology.history.revert_words import is_beside, says_what_went_wrong
from archaeology.readings.clauses import without_address
from archaeology.readings.messages import reason_in
from archaeology.readings.passages import sentences_of
from archaeology.text import visible_line

_SHORTEST = 12
_MIN_WORDS = 3
_MIN_REASON_WORDS = 4
_DAY = 86_400
_FORTNIGHT = 14 * _DAY
_SAME, _LIKE = 0.7, 0.5
_LEAST_SHARED = 3
_WORD = re.compile(r"[A-Za-z]{2,}")
_SAYS_NOTHING = frozenset({"fix", "fixes", "fixed", "issue", "issues", "bug", "bugs", "for", "the"})
_CHORE = re.compile(
    r"^to be reverted|^revert|^v?\d+\.\d+|^(?:chore|docs?|style|ci|build|test)(?:\([^)]*\))?!?:|\b(?:unused|bump|update|docs?|readme|changelog|typo|version|dependabot|requirement|pre-commit|translation|release|logo|lint|style|deps|dependency|nightly|snapshot|clean[- ]?ups?|cosmetic|reformat\w*|coding style|cs fix\w*)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^revert:?\s+[\"“'](.+)[\"”'](?:\s+\(#\d+\))?$|^revert:?\s+(.+)$", re.IGNORECASE)
_COMMIT_ID = re.compile(r"^(?:commit )?[0-9a-f]{7,40}[:,.]?\s+")
_PULL = re.compile(r"\s*\((?:#|!)\d+\)\s*$")
_HASH = re.compile(r"(?:#|!)(\d+)\b")
_MERGE = re.compile(r"^Merge (?:pull request|branch|remote)")
_REFERENCE = re.compile(
    r"\b(?:close[sd]?|fix(?:e[sd])?|refs?|see)\b[: ]*(?:#\d+|\S+/\S+)|/cc\b|@\w+|\S+://\S+", re.IGNORECASE
)
_EMPTY_REASON = re.compile(
    r"^\W*(?:this )?(?:(?:also )?reverts?\b|conflicts?:|and |see |>|fix(?:es)? #|co-authored|signed-off)|^\W*$",
    re.IGNORECASE,
)
_SLIP = re.compile(
    r"\b(?:by (?:accident|mistake)|accident(?:al(?:ly)?)?|mistakenly|oops|whoops|wrong (?:branch|commit|file|button)|didn['’]t mean|got distracted|promised not to|did not mean|not (?:meant|supposed|intended) to|without realizing|prematurely|too early|forgot|unintended (?:merge|commit|push)|should(?:n['’]t| not) have been (?:merged|committed|pushed)|(?:merged|pushed|committed) (?:too|by|without)|while I |(?:is|was|has been|been|got) (?:now |since |already )?fixed(?: (?:in|by|upstream|with)\b|[.)]?$)|superseded|obsolete|(?:will|to) be (?:re-?(?:added|applied|landed|introduced|done)|(?:added|put|brought|merged|landed) (?:back|again))|(?:did|does|do)(?:n['’]t| not) (?:\w+ly )?(?:fix|help|solve)|better (?:fix|solution|approach|way)|fixed properly|pending (?:review|discussion))(?!\w)",
    re.IGNORECASE,
)
# What is not needed any more did nothing wrong.
_NEEDLESS = re.compile(r"\b(?:no longer|not|isn['’]t|wasn['’]t) (?:needed|necessary|required)\b", re.IGNORECASE)
_RELEASE = re.compile(
    rb"^(?:\[?release\]?|bump (?:the )?version|version|prepare (?:for )?(?:release|v?\d)|v?\d+\.\d+(?:\.\d+)?\b|chore\(release\)|tag(?:ged)?\b|update version|set version|publish)",
    re.IGNORECASE,
)


def undone_subject(revert: Revert, history: History) -> str | None:
    """Return the subject of the change that was undone; None for merges and chores, which tell nothing of the code.

    What a revert says without quotation marks ("revert the upgrade and lock the version") need not be a name of the change: where the
    commit that it undoes is known, that one's own subject is told, if the two have most of their words in common.
    """
    match = _QUOTED.match(revert.subject)
    inner = (match.group(1) or match.group(2)).strip() if match else ""
    if match and not match.group(1):
        inner = _in_its_own_words(revert, history, inner)
    inner = _PULL.sub("", _COMMIT_ID.sub("", inner)).strip('"“” ')
    if inner[:1] == inner[-1:] == "'":
        inner = inner[1:-1]
    inner = without_address(inner)
    telling = [word for word in _WORD.findall(_REFERENCE.sub("", inner)) if word.lower() not in _SAYS_NOTHING]
    if len(inner) < _SHORTEST or len(telling) < _MIN_WORDS or _MERGE.match(inner) or _CHORE.search(inner):
        return None
    return inner


def _in_its_own_words(revert: Revert, history: History, inner: str) -> str:
    commits = history.commits
    number = commits.number_of(revert.undone) if isinstance(commits, CommitSequence) and revert.undone else None
    if number is None or not isinstance(commits, CommitSequence):
        return inner
    subject = visible_line(commits.log.subject(number).decode("utf-8", "replace"))
    said, own = words_of(inner), words_of(subject)
    return subject if _COMMIT_ID.match(f"{inner} ") or len(said & own) >= _SAME * len(said | own) else ""


def revert_reason(revert: Revert) -> str:
    """Return what a revert says beyond that it is one; empty where that is a reference or a phrase."""
    said = revert.reason.strip()
    if _EMPTY_REASON.match(said) or len(_WORD.findall(_REFERENCE.sub("", said))) < _MIN_REASON_WORDS:
        return ""
    return reason_in(_why_back(said), revert.subject)


def _why_back(said: str) -> str:
    """A reason from the sentence on that says what went wrong: the first may say why the change had been made, or what else was done."""
    sentences = [sentence for sentence in sentences_of(said) if not is_beside(sentence)]
    at = next((number for number, sentence in enumerate(sentences) if says_what_went_wrong(sentence)), 0)
    return " ".join(sentences[at:])


def is_slip(facts: Facts, witnesses: Witnesses, revert: Revert, undone: str) -> bool:
    """Whether a revert teaches nothing: it says that it was an accident, came at once and unexplained, or what it undid was landed again."""
    reason = revert_reason(revert)
    if _SLIP.search(reason) or _NEEDLESS.search(revert.reason):
        return True
    return (not reason and not revert.issue and _at_once(facts, revert)) or any(
        _landed_again(witnesses, revert, undone, path) for path in revert.paths[:2]
    )


def _at_once(facts: Facts, revert: Revert) -> bool:
    """Whether a change was undone on the day that it was made, or within a fortnight in which nothing was released."""
    commits = facts.history.commits
    number = commits.number_of(revert.undone) if isinstance(commits, CommitSequence) and revert.undone else None
    if number is None or not isinstance(commits, CommitSequence):
        return False
    made = int(commits.log.times[number])
    if revert.time - made < _DAY:
        return True
    if revert.time - made > _FORTNIGHT:
        return False
    between = np.flatnonzero((commits.log.times >= made) & (commits.log.times <= revert.time))
    return not any(_RELEASE.match(commits.log.subject(int(one))) for one in between)


def later_try(witnesses: Witnesses, revert: Revert, undone: str, paths: Iterable[str]) -> Commit | None:
    """Return the first commit after a revert that changed one of these files and has at least half of the words of what was undone, or None."""
    return next(
        (found for path in paths for found in _with_words(witnesses, revert, undone, path, _LIKE)),
        None,
    )


def numbers_of(revert: Revert) -> frozenset[str]:
    """Return the numbers of the issue and of the pull requests that a revert and its subject name."""
    return frozenset(_HASH.findall(revert.subject)) | ({revert.issue} if revert.issue else frozenset())


def _landed_again(witnesses: Witnesses, revert: Revert, undone: str, path: str) -> bool:
    """Whether a later commit of a file has nearly the words of the change that was undone."""
    return any(True for _ in _with_words(witnesses, revert, undone, path, _SAME))


def _with_words(witnesses: Witnesses, revert: Revert, undone: str, path: str, share: float) -> Iterator[Commit]:
    """The commits of a file after a revert, oldest first, that have such a share of the words of what was undone."""
    log, wanted = witnesses.versions.log, words_of(undone)
    if log is None or len(wanted) < _LEAST_SHARED:
        return
    changed = witnesses.versions.commits(path)
    least = max(_LEAST_SHARED, share * len(wanted))
    letters = sorted((word.encode() for word in wanted), key=len, reverse=True)
    later = changed[log.times[changed] > revert.time][::-1]
    for number, raw in zip(later.tolist(), log.subjects_of(later), strict=True):
        if _lacks(raw.lower(), letters, len(letters) - least):
            continue
        subject = raw.decode("utf-8", "replace")
        if len(wanted & words_of(subject)) >= least and not subject.lower().startswith("revert"):
            yield log.commit(number)


def _lacks(subject: bytes, words: Iterable[bytes], most: float) -> bool:
    """Whether the letters of more than ``most`` of the words are not in a subject, so that these words are not: most lack the first two or three."""
    missing = 0
    for word in words:
        if word not in subject:
            missing += 1
            if missing > most:
                return True
    return False
