"""What a comment hangs on: somebody else's bug, a version, a platform; and whether it says that the code is to go again."""

from __future__ import annotations

import re
from functools import lru_cache

from archaeology.readings.blanks import on_one_line
from archaeology.readings.caseless import Choice
from archaeology.readings.vocabulary import Vocabulary

_KNOWN = 256  # a passage is asked about from several sides, one after the other
_WORKAROUND = Vocabulary(
    "",
    phrases=Choice(
        (r"\bwork(?:s|ed|ing)?[- ]?arounds?\b", ("around",)),
        (
            r"\b(?:upstream|compiler|browser|kernel|driver|vendor|interpreter|runtime) (?:bug|issue|problem|regression)\b",
            (" bug", " issue", " problem", " regression"),
            ("upstream ", "compiler ", "browser ", "kernel ", "driver ", "vendor ", "interpreter ", "runtime "),
        ),
        (
            r"\b(?:bug|regression|defect|quirk|flaw|limitation|deficiency|leak|oddity) (?:in|of|with) (?!(?:this|our|the (?:code|test|above|old|previous))\b)[`\w]",
            tuple(
                f"{fault} {of}"
                for fault in ("bug", "regression", "defect", "quirk", "flaw", "limitation", "deficiency", "leak", "oddity")
                for of in ("in ", "of ", "with ")
            ),
        ),
        (
            r"\b(?:broken|buggy|mishandled|unsupported|not supported|misbehaves?) (?:in|on|by|with|under|before|prior to|until) [`A-Z]|\b(?:is|are) (?:broken|buggy) (?:in|on|with|under)\b",
            ("broken ", "buggy ", "mishandled ", "supported ", "misbehave"),
        ),
        (r"\bmonkey-?patch", ("monkey",)),
    ),
    of="*around* *monkey* bug issue problem regression defect quirk flaw limitation "
    "deficiency leak oddity broken buggy mishandled unsupported supported misbehave misbehaves",
)  # fmt: skip
_IF_BUG = Choice(
    (r"\b(?:if|unless|would|might|could|probably|may|indicates?|means?|suggests?)\b[^.]{0,40}\bbug in\b", ("bug in",)),
    (r"\b(?:(?:that|it)(?:['’]s| is)|this is) an? (?:\w+ )?bug in\b", ("bug in",)),
    (
        r"\b(?:trigger|caus|prevent|avoid|creat|introduc)\w*\b[^.]{0,60}\b(?:leaks?|limitations?) (?:in|of|with)\b",
        tuple(
            f"{fault} {of}" for fault in ("leak", "leaks", "limitation", "limitations") for of in ("in", "of", "with")
        ),
        ("trigger", "caus", "prevent", "avoid", "creat", "introduc"),
    ),
)
_BUG = re.compile(
    r"\b(?P<what>(?:an? |the )?(?:known |old |long-standing |upstream |nasty |weird |strange |annoying )*(?:bug|regression|defect|quirk|flaw|limitation|memory leak|oddity|misbehaviou?r) (?:in|of|with) (?!(?:this|our|the (?:code|test|above|old|previous))\b)(?:(?!https?:)[^.,;()]|\.(?=\w)){2,60}?)(?=$|\.(?!\w)|[,;()]| (?:where|when|that|which|whereby|see|causing|and|but|so|because|since|until)\b)"
)
# One of these is in each fault; to look for them costs a tenth of the look.
_FAULTS = ("bug", "regression", "defect", "quirk", "flaw", "limitation", "leak", "oddity", "misbehavio")
_ISSUE_WITH = re.compile(
    r"\b(?P<what>(?:an? |the )?(?:known |old |upstream )?(?:issue|problem|shortcoming|restriction|oversight) (?:in|of|with) (?!(?:this|that|it|our|the (?:code|test|above|old|previous))\b)(?:(?!https?:)[^.,;()]|\.(?=\w)){2,60}?)(?=$|\.(?!\w)|[,;()]| (?:where|when|that|which|whereby|see|causing|and|but|so|because|since|until)\b)"
    r"|\bwork[- ]?around for (?P<for>(?!(?:this|that|it|these|the (?:above|following))\b)(?:(?!https?:)[^.,;()]|\.(?=\w)){3,60}?)(?=$|\.(?!\w)|[,;()]| (?:where|when|that|which|see|because|since|until)\b)",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"\b(?P<name>Windows|macOS|OS X|Linux|FreeBSD|Safari|Chrome|Chromium|Firefox|Edge|WebKit|IE ?\d+|PHP|C?Python|PyPy|Node(?:\.js)?|Go|Ruby|JVM|JDK|Java|Kotlin|Scala|Erlang|OTP|Elixir|\.NET|Android|iOS|MySQL|MariaDB|Postgres(?:QL)?|SQLite|Oracle|Redis|Docker|Kubernetes|npm|pip|glibc|musl|OpenSSL|GCC|Clang|LLVM|rustc|MSVC|Xcode|Webpack|Vite|Rollup|Babel|TypeScript|React|Vue|Cygwin|MinGW|tmux|zsh|bash|nginx)(?P<v>\s?(?:v|[<>]=?|before|prior to)? ?\d+(?:\.(?:\d+|x))*\+?)?(?![\w-])"
)
# And one of these in each party.
_PARTIES = (
    "Windows", "macOS", "OS X", "Linux", "BSD", "Safari", "Chrom", "Firefox", "Edge", "WebKit", "IE", "PHP", "Py", "Node", "Go", "Ruby", "JVM", "JDK", "Java", "Kotlin", "Scala", "Erlang", "OTP",
    "Elixir", ".NET", "Android", "iOS", "SQL", "MariaDB", "Postgres", "Oracle", "Redis", "Docker", "Kubernetes", "npm", "pip", "glibc", "musl", "SSL", "GCC", "Clang", "LLVM", "rustc", "MSVC", "Xcode",
    "Webpack", "Vite", "Rollup", "Babel", "TypeScript", "React", "Vue", "Cygwin", "MinGW", "tmux", "zsh", "bash", "nginx",
)  # fmt: skip
# An issue of another repository.
_ELSEWHERE = re.compile(r"(?<![\w/])[\w.-]+/[\w.-]+#\d+\b")
_NAMED_VERSION = re.compile(
    r"\b(?P<name>[A-Za-z][\w.-]{2,25}) ?(?P<v>(?:[<>]=? ?)?v?\d+\.\d+(?:\.\d+)*(?:\.x)?\+?)(?![\w-])"
)
_VERSION = re.compile(r"\d\.\d")
_NO_NAME = frozenset(
    "version release since before until after from than above below about section figure chapter table rfc the and commit issue".split()
)
_TO_GO = Vocabulary(
    "",
    phrases=Choice(
        (r"\b(?:TODO|FIXME|XXX)\b", ("todo", "fixme", "xxx")),
        (
            r"\b(?:for the time being|(?:is|as a|only) temporary|interim|stopgap|quick (?:fix|hack))\b",
            ("time being", "is temporary", "as a temporary", "only temporary", "interim", "stopgap", "quick fix", "quick hack"),
        ),
        (
            r"\btemporar(?:y|ily) (?:fix|hack|work|measure|solution|until|disabl\w+|skip\w*|code|shim|patch|turn\w*|switch\w*)\b",
            ("temporary ", "temporarily "),
            (" fix", " hack", " work", " measure", " solution", " until", " disabl", " skip", " code", " shim", " patch", " turn", " switch"),
        ),
        (
            r"\b(?:remove|drop|delete|kill|revert|clean up|get rid of|undo|revisit|simplify|replace) (?:this|it|that|these|me|them|(?:the|this|that) [\w-]{3,20})?\s*(?:once|when|after|as soon as|if|in (?:v?\d|the next|a future|version)|with v?\d)\b",
            ("remove ", "drop ", "delete ", "kill ", "revert ", "clean up", "rid of", "undo ", "revisit ", "simplify ", "replace "),
            ("once", "when", "after", "as soon as", "if", "in v", "in the next", "in a future", "with v", *(f"{of} {digit}" for of in ("in", "with") for digit in range(10))),
        ),
        (
            r"\b(?:can|could|should|may|will) (?:then |probably |safely |now |eventually )*be (?:removed|dropped|deleted|reverted|cleaned up|simplified|revisited|replaced|undone)\b",
            ("be removed", "be dropped", "be deleted", "be reverted", "be cleaned", "be simplified", "be revisited", "be replaced", "be undone"),
        ),
        (
            r"\bno longer (?:be )?(?:needed|necessary|required) (?:once|when|after|as soon as|if|with)\b|\bnot (?:be )?(?:needed|necessary) (?:any ?more )?(?:once|when|after|as soon as)\b",
            ("longer needed ", "longer necessary ", "longer required ", "longer be ", "not needed ", "not necessary ", "not be needed ", "not be necessary "),
        ),
        (
            r"\buntil (?:the |all |our )?[\w.-]+(?: [\w.-]+)? (?:supports?|ships?|(?:is|are|gets?|has been) (?:fixed|released|resolved|merged)|drops?)\b",
            ("until ",),
            (" support", " ship", " fixed", " released", " resolved", " merged", " drop"),
        ),
        (
            r"\buntil (?:upstream|(?:it|this|that|the (?:bug|issue|fix|patch|upstream)|they|https?:\S+|#\d+|[\w.-]+) (?:is|are|gets?|has been|have been|lands?|ships?|supports?|fix(?:es)?|releases?)\b|we (?:drop|upgrade|bump|require|move|switch|can drop|get rid|no longer|fix|have a better|find a better))",
            ("until ",),
        ),
    ),
    of="todo fixme xxx being temporary temporarily interim stopgap quick remove drop delete kill revert clean rid undo revisit simplify "
    "replace removed dropped deleted reverted cleaned simplified revisited replaced undone needed necessary required until",
)  # fmt: skip
_FOR_NOW = Choice(
    (r"\bfor now\b", ("for now",)),
    (r"\bcurrently\b.*\buntil\b", ("currently",), ("until",)),
)
_UNTIL = re.compile(
    r"\b(?P<what>(?:once|when|after|as soon as|until) (?:we (?:drop|upgrade|bump|require|move|switch|no longer)|upstream|[^.,;()]{2,40}? (?:is|are|has been|have been|gets?|lands?|ships?|supports?|fix(?:es)?|releases?|drops?))\b(?:[^.;()]|\.(?=\d)){0,60})",
    re.IGNORECASE,
)


@lru_cache(maxsize=_KNOWN)
def works_around(text: str) -> bool:
    """Whether a text says that the code makes up for somebody else's fault."""
    return _WORKAROUND.is_in(text) and not _IF_BUG.is_in(text)


@lru_cache(maxsize=_KNOWN)
def is_to_go(text: str) -> bool:
    """Whether a text says that the code is to be taken out again, or is there for the time being."""
    return _TO_GO.is_in(text)


def is_for_now(clause: str) -> bool:
    """Whether a clause says that it holds for the time being."""
    return _FOR_NOW.is_in(clause)


def goes_when(text: str) -> str:
    """Return on what condition the code may go ("once Node 18 is the oldest that we support"); empty where none is said."""
    match = _UNTIL.search(on_one_line(text)) if is_to_go(text) else None
    return match["what"].strip(" ,") if match else ""


def depends_in(text: str) -> tuple[str, ...]:
    """Return the bugs, platforms and versions that a text names, the bug first, each once."""
    flat = on_one_line(text)
    found = [match["what"].strip() for match in (_BUG.finditer(flat) if _holds(flat, _FAULTS) else ())][:1]
    if not found and works_around(flat) and (match := _ISSUE_WITH.search(flat)):
        found = [next(filter(None, match.groups())).strip()]
    found += _ELSEWHERE.findall(flat)[:1] if "#" in flat and not found else []
    bug = found[0] if found else ""
    for match in _PARTY.finditer(flat) if _holds(flat, _PARTIES) else ():
        name = match.group().strip()
        if name not in bug:
            found.append(name)
    for match in _NAMED_VERSION.finditer(flat) if "." in flat and _VERSION.search(flat) else ():
        if match["name"].lower() not in _NO_NAME and not any(match["name"] in one for one in found):
            found.append(match.group().strip())
    return tuple(dict.fromkeys(found))[:3]


def _holds(text: str, needs: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, needs))
