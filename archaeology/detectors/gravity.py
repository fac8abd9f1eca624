"""How much hangs on what a warning says: whether it tells what goes wrong, why, no more than what for, or is about a small thing. Pure."""

from __future__ import annotations

from enum import StrEnum

from archaeology.detectors.sentences import Caution
from archaeology.readings import Speech
from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.vocabulary import Vocabulary


class Gravity(StrEnum):
    """What a warning tells beyond its rule: what goes wrong or why, no more than an aim, or a trifle of types, states and ignored errors."""

    REASON = "reason"
    AIM = "aim"
    TRIFLE = "trifle"


_SMALL = Choice(
    (
        r"\bignor(?:e|es|ed|ing) (?:(?:the|this|that|any|all|its|returned|possible) ){0,2}(?:errors?|err|exceptions?|return(?:ed)? (?:value|code)|results?)\b",
        ("ignor",),
        (" err", " exception", " return", " result"),
    ),
    (
        r"\b(?:circular|cyclic|cyclical) (?:import|dependenc|reference)\w*|\bimport cycles?\b",
        ("circular ", "cyclic", "import cycle"),
    ),
    (
        r"\b(?:give|infer|get|narrow|widen|satisf\w+|cast|pass) (?:\w+ ){0,3}types?\b|\btype (?:inference|system|definitions?|annotations?|declarations?|assertions?|narrowing)\b",
        ("type",),
        ("give ", "infer ", "get ", "narrow ", "widen ", "satisf", "cast ", "pass ", "type "),
    ),
    (
        r"\b(?:is|are|be|was|were) (?:never |always |not |also |already )?(?:nil|null|none|undefined|`(?:None|nil|null|undefined|Some|true|false)`)(?!\w)",
        (" nil", " null", " none", " undefined", "`none`", "`nil`", "`null`", "`undefined`", "`some`", "`true`", "`false`"),
        ("is ", "are ", "be ", "was ", "were "),
    ),
    (r"^(?:always|never) `?(?:Some|None|nil|null|true|false)\b", ("always ", "never ")),
)  # fmt: skip
# What a trifle does not do.
_GRAVE = Vocabulary(
    "attack* corrupt* crash* deadlock* hang hangs infinite inject* leak* lose loses losing lost panic panics race races racy "
    "segfault* stale",
    phrases=Caseless(
        r"\b(?:(?:duplicat|overwr|secur|vulnerab)\w|data loss\b)",
        ("duplicat", "overwr", "secur", "vulnerab", "data loss"),
    ),
)


def gravity_of(caution: Caution) -> Gravity:
    """Return what hangs on a warning: a choice whose words say what for and not why is less than one with its cause, and a trifle least."""
    said, reading = caution.sentence, caution.reading
    if _GRAVE.is_in(said) or caution.issues or reading.gap or reading.depends:
        return Gravity.REASON
    if _SMALL.is_in(said):
        return Gravity.TRIFLE
    aims = reading.speech is Speech.DECIDES and not (reading.ground or reading.breaks)
    return Gravity.AIM if aims and reading.joint != "otherwise" else Gravity.REASON
