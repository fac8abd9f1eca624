"""Turns the first sentence of a function's documentation into what it does, as a clause: "Close the pool" becomes "`Pool.close` closes the pool".

Pure, and silent where the sentence does not open with what the function does: a label ("HTTP response object.") is nothing to rely on.
"""

from __future__ import annotations

import re

from archaeology.text import visible_line

_VERBS = frozenset(
    """accept acquire add adjust advance aggregate allocate allow append apply assert assign attach authenticate authorize await begin
    bind block broadcast build cache calculate call cancel capture change check clean clear close coerce collect combine commit compare compile
    complete compress compute configure connect consume convert copy count create deactivate decide decode decompress decrypt defer
    delete deliver derive deserialize destroy detach detect determine disable discard disconnect dispatch display download drain drop dump emit
    enable encode encrypt enqueue ensure enter escape estimate evaluate execute exit expand expire export extract fetch fill filter find finish
    fire flatten flush force format forward free freeze gather generate get give grow guard handle hash hide import increment infer inject insert
    inspect install intercept interrupt invalidate invoke issue iterate join keep kill launch limit list listen load locate lock log
    look maintain make manage map mark match measure merge migrate monitor mount move negotiate normalize notify obtain open parse pass
    pause perform persist pick poll pop populate prepare preserve prevent print process produce propagate protect provide prune publish pull push
    put queue quote raise read rebuild receive reclaim reconnect record recover redirect reduce refresh refuse register reject release reload
    remember remove rename render reopen replace reply report request reserve reset resize resolve respond restart restore restrict resume
    retrieve retry return reuse reverse revert revoke rewrite rotate route run sanitize save scan schedule search seek select send
    separate serialize serve set shift show shut shutdown sign skip sleep solve sort spawn split start stop store stream strip
    submit subscribe suspend swap switch synchronize take terminate throttle throw track transfer transform translate traverse trigger trim
    truncate try turn undo unlock unpack unregister unsubscribe unwrap update upgrade upload use validate verify visit wait walk warn
    watch wrap write yield""".split()
)
# Every constructor and every implementation does these: nothing to rely on.
_EMPTY = re.compile(
    r"\b(?:initiali[sz]es?|constructors?|instances?|implements?|overrides?|overridden|helpers?|wrappers?|internal(?:ly)?|private|deprecated|todo|fixme|"
    r"noop|no-op|stub|docs?|see|e\.g|i\.e|this (?:function|method|class))\b|https?:|[{}<>|=;]|\.\.\.|::|“|”",
    re.IGNORECASE,
)
# What it is called with is known to whoever calls it, and to nobody who reads a record.
_GIVEN = re.compile(
    r"\b(?:given|specified|supplied|provided|passed(?: in)?|above|below|following|args?|kwargs|params?)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r",? (?P<joint>and|or|then|and then) (?P<verb>[a-z]+)\b(?= (?P<next>\S+))")
_OBJECT = re.compile(r"(?:the|an?|its?|their|them|all|any|every|each|to|from|for|into|on|in|with|if|until)$")
_DASH = re.compile(r"\s+[-—–]\s+|\s*\(")
_TAKES_ES = re.compile(r"(?:s|sh|ch|x|z|o)$")
_ENDS_IN_Y = re.compile(r"(?<=[^aeiou])y$")
_LEAST_WORDS = 4
_STEM = 5
_TELLING = 2
_LONGEST = 130


def does_as_told(symbol: str, sentence: str) -> str:
    """Return what a symbol does, as its documentation tells it in its first sentence, without the symbol; empty where that is not plain."""
    flat = visible_line(sentence).strip().rstrip(" .:!")
    first, _, rest = flat.partition(" ")
    own = re.split(r"[.:#]+", symbol)[-1]
    if own and first.strip("`").removesuffix("()").lower() == own.lower():
        # "ServeConn serves HTTP requests": the verb comes next.
        flat = rest
    flat = _DASH.split(flat)[0].rstrip(" ,")
    words = flat.split(" ")
    if len(words) < _LEAST_WORDS or len(flat) > _LONGEST or _EMPTY.search(flat) or _GIVEN.search(flat):
        return ""
    adverb = words[0].lower() if words[0].lower().endswith("ly") else ""
    verb = words[1 if adverb else 0].lower()
    after = " ".join(words[2 if adverb else 1 :])
    if _adds_little(own, words):
        # "render_frame renders the next frame" says what its name says.
        return ""
    if verb in _VERBS:
        said = f"{_does(verb)} {_joined(after)}"
    elif verb in DOES:
        said = f"{verb} {after}"
    else:
        return ""
    return f"{adverb} {said}".strip().rstrip(" ,")


def _adds_little(own: str, words: list[str]) -> bool:
    """Whether a sentence says hardly more than the name of what it documents."""
    named = {part.lower()[:_STEM] for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", own)}
    telling = [word for word in words if len(word.strip("`(),")) > len("with")]
    return sum(word.strip("`(),").lower()[:_STEM] not in named for word in telling) < _TELLING


def _does(verb: str) -> str:
    """The form of a verb for one that does it: "close" gives "closes", "try" gives "tries"."""
    if _ENDS_IN_Y.search(verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if _TAKES_ES.search(verb) else f"{verb}s"


DOES = frozenset(map(_does, _VERBS))
"""Verbs as they stand after what does it: "closes", "tries"."""


def _joined(after: str) -> str:
    """What follows the first verb, with further verbs of the command in the same form; it ends before one whose object is not plain."""
    for found in reversed(list(_JOINT.finditer(after))):
        if found["verb"] not in _VERBS:
            continue
        if not _OBJECT.match(found["next"]):
            after = after[: found.start()]
        else:
            after = f"{after[: found.start('verb')]}{_does(found['verb'])}{after[found.end('verb') :]}"
    return after
