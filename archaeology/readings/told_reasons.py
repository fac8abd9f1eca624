"""Which sentence of a commit's message tells why the code is as it is, and with which act: both in the commit's own whole words. Pure.

Told is an act or a rule with a reason that a later change could run against: a harm, an order, a race, what somebody else does or does not
do, what old data or clients expect. What a feature is good for, what was wrong before, what is nicer to read, and what belongs to tests,
the build or a tool tells nothing of that kind. Where it is not plain, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archaeology.readings.caseless import Caseless
from archaeology.readings.harms import is_harm
from archaeology.readings.told import Told
from archaeology.readings.words import dangling

_LEAST, _MOST = 24, 330
_LEAST_WORDS, _LEAST_OF_SUBJECT = 6, 4
_LEAST_OF_REASON = 4

# What joins a reason to what it is a reason of. A clause follows, or what is to be kept away.
_BECAUSE = r"because(?! of (?:this|that|it)\b)|since(?= (?:\w+ ){0,4}?(?:is|are|isn['’]t|aren['’]t|has|have|can|cannot|can['’]t|does|do|doesn['’]t|don['’]t|will|would|may|might|must|should|could|otherwise|\w{3,}s)\b)|due to|as (?=(?:it|this|that|they|we|there|these|those|otherwise|(?:the |an? )?[\w`.'-]+ (?:is|are|isn['’]t|aren['’]t|has|have|does|do|doesn['’]t|don['’]t|can|cannot|can['’]t|will|would|may|might|must)\b)\b)"
_AVOIDING = r"to (?:avoid|prevent|guard against|protect against|protect)|so as not to|in order not to|in order to (?:avoid|prevent)|lest|(?:avoids|prevents|avoiding|preventing)"
_OTHERWISE = r"(?:as |or |because |since |, )?otherwise|or else|without (?:this|it|that|which)\b"
_SO_THAT = r"so that|so (?=(?:it|the|we|that|they|this)\b)|to (?:ensure|make sure|guarantee|keep)(?: that)?"
_JOINT = Caseless(
    rf"\b(?:(?P<otherwise>{_OTHERWISE})|(?P<because>{_BECAUSE})|(?P<avoiding>{_AVOIDING})|(?P<so>{_SO_THAT}))\b"
)
_NO_REASON = Caseless(
    r"\b(?:tests?\b|testing|tested|testable|spec(?:s|files?)\b|mocks?|mocking|fixtures?|ci\b|travis|appveyor|circleci|github actions?|workflows?|coverage|lint\w*|clippy|eslint|rubocop|mypy|flake8|pylint|prettier|black|ruff|shellcheck|codacy|sonar\w*|golangci|staticcheck|vet\b"
    r"|(?:compiler|deprecation|build|javadoc|type|typing|unused) (?:warnings?|errors?|failures?)|warnings?\b|compil(?:e|es|ing|ation)\b|the build|builds? (?:fail\w*|break\w*|script|system|time|tag)|ide\b|intellij|vscode|makefile|dockerfile|docs?\b|documentation|docstrings?|javadoc|readme|changelog|comments?\b|typos?|spelling|wording|review\w*|reviewers?|pull request|this pr\b|merge conflicts?|upstream (?:pr|branch)"
    r"|readab\w+|cleaner|clean up|cleanup|nicer|simpler|simplif\w+|easier|maintain\w*|refactor\w*|duplicat(?:ion|ing|e)? (?:of )?(?:the )?(?:code|logic)|code duplication|boilerplate|consisten\w+ with|consistency|convention|confus\w+|clearer|clarity|legib\w+|less code|line length|naming|rename[ds]?|renaming|debugging|drop(?:s|ped|ping)? (?:support|\w+ (?:ver[si]+ons?|support))|support for (?:python|ruby|node|php|go|java)\b|bump\w*|upgrad(?:e|ed|ing) to|changelog|translations?|styl(?:e|ing)\b|css\b|layout|pixel|font|indent\w*|dependabot|released?\b)\b"
)
_DOUBTS = Caseless(
    r"\b(?:i think|i guess|i believe|i suspect|i assume|imo|imho|not sure|unsure|maybe|perhaps|probably|presumably|hopefully|seems?|seemingly|apparently|for now|for the moment|temporar\w+|temp\b|todo|fixme|hack\b|wip\b|likely|should be (?:fine|ok|enough)|quick|experiment\w*|as discussed|as suggested|in a (?:future|later|follow|separate)|follow-up|next (?:commit|step|pr|patch)|this (?:commit|patch|pr|change|series|branch) (?:also|only|just)|see (?:above|below)|as (?:above|mentioned|described)|\?)"
)
# What was so before tells of the code that has gone.
_BEFORE = Caseless(
    r"\b(?:was|were|had|did(?: not|n['’]t)?|wasn['’]t|weren['’]t|previously|used to|currently|at the moment|right now|before this|until now|formerly|no longer|any ?more|so far|regression|regressed|introduced (?:in|by)|broke|caused|failed|got|started|led|resulted|meant|became|happened|occurred|turned out|changed (?:this|that|the behaviou?r)|recently|today|yesterday|ago)\b"
)
_ME = re.compile(r"(?:^|\s)(?:I|I['’]\w+|me|my)\s")
_FOR_USERS = Caseless(
    r"\b(?:(?:so that|so|to let|to allow|allows?|allowing|lets?|letting|enables?|enabling|to help|helps?) (?:the |our |other |more )?(?:users?|you|people|developers?|callers?|consumers?|clients?|applications?|admins?|authors?|them|one)\b(?! (?:cannot|can['’]t|never|do not|don['’]t))|so (?:that )?(?:we|it|they) can\b|can (?:now|then) be|is now possible|make it possible|possible to|useful|handy|convenient\w*|more (?:flexible|generic|robust))\b"
)
_PLATFORM = r"windows|win32|macos|os ?x|darwin|linux|freebsd|openbsd|solaris|illumos|android|ios|safari|firefox|chrome\w*|webkit|internet explorer|ie ?\d+|edge|jruby|pypy|cpython|node(?:\.?js)? ?v?\d+|java ?\d+|jdk|php ?\d|python ?[23]\S*|go ?1\.\d+|ruby ?\d\S*|mysql|mariadb|postgres\w*|sqlite|oracle|redis|nginx|openssl|musl|glibc|kubernetes|docker|systemd|x86\w*|arm(?:64|v\d)?\b|32[- ]bit|64[- ]bit|big[- ]endian"
_ELSEWHERE = Caseless(
    rf"\b(?:rfc ?\d+|(?:per|by|in|to|of|with) (?:the )?(?:spec(?:ification)?|standard|protocol|rfc|posix)|(?:spec(?:ification)?|standard|protocol|posix) (?:says|requires|defines|states|mandates|allows|forbids|does)|posix|{_PLATFORM}|(?:is|are|isn['’]t|aren['’]t|be) (?:not |never |only |always )?(?:guaranteed|thread[- ]?safe|atomic|allowed|supported|available|permitted|valid|legal|re-?entrant|idempotent|unique|ordered|sorted|deterministic|defined|immutable|mutable|shared|cached|truthy|falsy|nil|null|case[- ](?:in)?sensitive|ambiguous|expensive|blocking|lazy)"
    r"|(?:does|do|will|can|could|would|may|might|should|must)(?: not|n['’]t|not)\b|cannot|can['’]t|won['’]t|never|always|only|still|already|guarantee[sd]?|requires?|expects?|assumes?|relies|depends on|refuses|rejects|ignores|returns?|treats?|needs?|has to|have to|must|forbid\w*|prohibit\w*|lacks?|unable|impossible|before|after|while|until|during|concurrent\w*|simultaneous\w*|both|twice|multiple|more than|at (?:least|most)|any(?:one|body|thing)?|every\w*|each|all)\b"
)
_SERIOUS = Caseless(
    r"\b(?:data ?races?|races?|race conditions?|racy|deadlock\w*|livelock\w*|starv\w+|leak\w*|crash\w*|panics?|oom\b|out of memory|exhaust\w*|infinite|endless|forever|unbounded|overflow\w*|underflow|hang(?:s|ing)?|stall\w*|block(?:s|ing|ed)?\b|time ?outs?|stuck|corrupt\w*|los(?:e|es|ing|s|t)\b|inject\w*|xss|csrf|ssrf|spoof\w*|attack\w*|vulnerab\w+|cve-\d+|traversal|exploit\w*|security|timing|untrusted|malicious|secrets?|passwords?|credentials?|escap\w+|pollution|sniff\w*|hijack\w*|smuggl\w*|brute|denial|dos\b|enumerat\w+|fingerprint\w*"
    r"|compat\w*|old(?:er)? (?:versions?|clients?|servers?|data|formats?|files?)|existing (?:users|data|databases?|clients|installations?|files)|double[- ]\w+|duplicate[sd]? (?:key|entr|row|event|message|request|record|id|name|notif)\w*|twice|recurs\w+|stack|segfault\w*|use[- ]after[- ]free|undefined behaviou?r|dangling|stale|inconsisten\w+|out of (?:order|sync|bounds|range)|order(?:ing)?\b|collision\w*|collid\w+|clash\w*|conflict\w*|overwr\w+|clobber\w*|dropp\w+|truncat\w+|precision|rounding|n\+1|quadratic|o\(n|exponential|memory (?:usage|consumption|pressure|growth|spike)\w*|allocations?|thundering|contention|throttl\w*|rate limit\w*|thread[- ]?safe\w*|null ?pointer\w*|npe\b|nil (?:pointer|deref\w*)|exceptions?|errors?|throw\w*|fail\w*|break\w*|reject\w*|invalid\w*|orphan\w*|zombie\w*|wrong\w*|incorrect\w*|unexpected\w*|mask\w*|hid(?:e|es|ing|den)|swallow\w*|ambigu\w+|mistaken\w*|misinterpret\w*|unintended|accident\w*|flicker\w*|floods?|flooding|spam\w*|storm\w*|loops?|looping|garbage|partial\w*|interrupt\w*|re-?entran\w+|reset\w*|evict\w*|expir\w+)\b"
)
_MODAL = Caseless(
    r"\b(?:must(?: not| never)?|should(?:n['’]t| not| never| always)|needs? to|has to|have to|cannot|can['’]t|can not|(?:is|are) not allowed to|only be)\b|^(?:we|one|you) (?:do not|don['’]t|never|always|only)\b"
)
_NEGATED = Caseless(
    r"\b(?:do not|don['’]t|does not|doesn['’]t|is not|isn['’]t|are not|aren['’]t|cannot|can['’]t|won['’]t|not|nothing|nobody|never)\b"
)
_WOULD = Caseless(r"\b(?:would|could|might|may|will|cannot|can['’]t|won['’]t|never)\b")
_LINK = re.compile(
    r"^(?:(?:however|naturally|thusly|thus|therefore|hence|so|but|and|also|additionally|moreover|furthermore|note that|note|as such|consequently|finally|besides|similarly|basically|unfortunately),?\s+)+(?=[\w`\"'])",
    re.IGNORECASE,
)
_NO_ACT = re.compile(
    r"^(?:(?:also |and |re-?|try (?:to )?|attempt(?:s)? (?:to )?|further |more |some |minor |small |an? |the |this |\w+ly )*(?:fix\w*|bug\w*|hotfix\w*|issues?|improv\w+|updat\w+|refactor\w*|clean\w*|tid(?:y|ied)\b|minor|misc\w*|wip|release\w*|bump\w*|tweak\w*|optimi[sz]\w+|rework\w*|reorgani[sz]\w+|simplif\w+|renam\w+|rewr\w+|repair\w*|resolv\w+|solv\w+|address\w*|work(?:s|ed|ing)?\b|better|implement\w*|support\w*|introduc\w+|expos\w+|provid\w+|new|feat\w*|port\w*|upgrad\w+|deprecat\w+|document\w*|merge\w*|revert\w*|polish\w*|enhanc\w+|handl\w+ (?:the )?(?:case|issue)|comment\w*|correct\w*|typo\w*|experiment\w*|progress|first|initial|preparation\w*|prepar\w+|migrat\w+|convert\w* to)\b)",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"^(?:(?:also|only|always|never|just|explicitly|first|instead|properly|correctly|again|simply) )*(?:do(?:es)?(?: not|n['’]?t)|dont|doesnt|don['’]?t|never|no longer|not|stop\w*|avoid\w*|use[sd]?|using|keep\w*|kept|sets?|setting|puts?|check\w*|call\w*|ma(?:k|d)\w+|return\w*|clos\w+|open\w*|wait\w*|h[eo]ld\w*|lock\w*|unlock\w*|tak\w+|took|releas(?:e|es|ing) (?:the|locks?)|disabl\w+|skip\w*|ignor\w+|limit\w*|bound\w*|clamp\w*|cap\w*|reject\w*|refus\w+|requir\w+|ensur\w+|prevent\w*|mov\w+|read\w*|writ\w+|wrote|flush\w*|reset\w*|clear\w*|cop(?:y|ies|ied|ying)|clon\w+|stor\w+|cach\w+|send\w*|sent|pass\w*|treat\w*|compar\w+|escap\w+|quot\w+|encod\w+|decod\w+|saniti[sz]\w+|strip\w*|drop\w*|remov\w+|delet\w+|delay\w*|defer\w*|run\w*|start\w*|register\w*|unregister\w*|initiali[sz]\w+|init\b|creat\w+|build\w*|built|generat\w+|load\w*|forc\w+|fall\w*|retr(?:y|ies|ied|ying)|propagat\w+|throw\w*|rais\w+|catch\w*|caught|swallow\w*|log\w*|mark\w*|validat\w+|verif\w+|restor\w+|preserv\w+|respect\w*|switch\w*|replac\w+|chang\w+|normali[sz]\w+|sort\w*|truncat\w+|guard\w*|seriali[sz]\w+|synchroni[sz]\w+|await\w*|invalidat\w+|track\w*|prefer\w*|wrap\w*|unwrap\w*|trim\w*|emit\w*|dispatch\w*|signal\w*|harden\w*|isolat\w+|separat\w+|split\w*|includ\w+|exclud\w+|add\w*|declar\w+|default\w*|enforc\w+|allocat\w+|reus\w+|re-\w+|re(?:connect|try|use|compute|calculate|fresh|load|queue|open|start|create|check|schedule|validate)\w*|lower\w*|increas\w+|reduc\w+|rais\w+|hid\w+|mask\w*|redact\w*|join\w*|kill\w*|terminat\w+|cancel\w*|abort\w*|exit\w*|print\w*|assign\w*|append\w*|prepend\w*|insert\w*|convert\w*|cast\w*|pars\w+|resolv\w+|fetch\w*|quer\w+|look\w*|search\w*|match\w*|filter\w*|restrict\w*|allow\w*|apply\w*|appl(?:y|ies|ied)|bind\w*|detach\w*|attach\w*|inline\w*|extract\w*|shut\w*|swap\w*|pin\w*|let\b|leave\w*|left)\b",
    re.IGNORECASE,
)
_FEATURE = re.compile(
    r"^(?:also |and )?(?:add(?:s|ed|ing)?|allow(?:s|ed|ing)?|support\w*|implement\w*|introduc\w+|expos\w+|enabl\w+|provid\w+|new)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(?:(?:because|since|as|otherwise|so|and|but|then|thus|therefore|hence|also|however|instead|without),? )?(?:this|that|these|those|it|its|they|their|them|he|she|such|both|doing so|here)\b|^(?:\w+ ){1,2}(?:therefore|thus|hence|then)\b",
    re.IGNORECASE,
)
_WHOLE_END = re.compile(
    r"(?:\b(?:the|a|an|of|to|for|with|and|or|by|that|is|are|be|because|since|when|if|not|i\.e\.?|e\.g\.?)|[,:;(\[/–—-])$",
    re.IGNORECASE,
)
_PLAIN_ACT = re.compile(
    r"(?:do not|don['’]?t|dont|does not|never|always|only|avoid\w*|stop\w*|skip\w*|disabl\w+|ignor\w+|reject\w*|refus\w+|prevent\w*|ensur\w+|make sure|require\w*|force\w*|keep\w*|wait\w*|use\b.*\binstead|.*\b(?:without|before|first|only|instead of|rather than)\b)",
    re.IGNORECASE,
)
_GERUND = re.compile(r"[A-Za-z]+ing\b")
# What an "it" among the first words is, the sentence does not say.
_POINTS_EARLY = re.compile(r"(?:[^\s,]+,? ){1,7}(?:it|them)\b", re.IGNORECASE)
_PAST = re.compile(r"[\w.()`]+ (?:re-)?[a-z]{3,}ed\b (?!by\b|to be\b)")
_NO_NEED = Caseless(
    r"\b(?:(?:do not|don['’]t|does not|doesn['’]t|no) (?:really )?(?:need|have to|matter|care)|no need|not needed|unnecessary|superfluous|redundant|useless)\b"
)
_TURNS = Caseless(r"\b(?:but|however|although|though|yet)\b")
_LETTERS = re.compile(r"[A-Za-z]")
_FOREIGN = re.compile(r"[\u0400-\u9fff\uac00-\ud7af\u0590-\u06ff]")
_PROSE = 0.74


@dataclass(frozen=True, slots=True)
class Why:
    """What a message tells of why: ``reason`` is a whole sentence; ``act`` is the subject it is said of, or empty where the sentence says itself what was done.

    ``done`` and ``ground`` are the parts of the sentence before and behind the joint; ``done`` is empty where the act says it. ``harm`` whether something goes wrong otherwise; ``ruled`` whether a word such as "must" leaves no choice; ``joint`` is the word that
    joins the reason (``because``, ``avoiding``, ``otherwise``, ``so``); ``points`` how good a reason it is.
    """

    reason: str
    act: str = ""
    done: str = ""
    ground: str = ""
    joint: str = ""
    harm: bool = False
    ruled: bool = False
    points: float = 0.0

    @property
    def words(self) -> str:
        """All that is quoted."""
        return f"{self.act} {self.reason}".strip()


def why_in(sentences: Iterable[Told]) -> Why | None:
    """Return the best reason that a message tells, the first of equals; None where it tells none plainly."""
    best: Why | None = None
    for told in sentences:
        found = _why(told)
        if found is not None and (best is None or found.points > best.points):
            best = found
    return best


def may_tell(sentence: str) -> float:
    """Return a quick guess of how good a reason a sentence gives, before its whole message is read; 0.0 where it gives none."""
    joint = _JOINT.search(sentence)
    if joint is None or _NO_REASON.is_in(sentence) or _DOUBTS.is_in(sentence) or _FOR_USERS.is_in(sentence):
        return 0.0
    return 1.0 + (joint.lastgroup in {"because", "otherwise"}) + is_harm(sentence) + _SERIOUS.is_in(sentence)


def _why(told: Told) -> Why | None:
    said = _LINK.sub("", told.text.strip()).rstrip(" .")
    if not _is_prose(said):
        return None
    joint = _joint_of(said)
    if joint is None:
        return None
    head, tail, kind = joint
    if _says_what(head, said) and not _POINTS.match(said) and not dangling(head) and not _POINTS_EARLY.match(head):
        act = ""
    elif _is_said_of(told, tail, said, kind):
        act = told.act.rstrip(" .")
    else:
        return None
    if not _is_reason(tail, kind, act or head):
        return None
    harm = is_harm(tail) or _SERIOUS.is_in(tail)
    ruled = _MODAL.is_in(head)
    points = 1.0 + (kind in {"because", "otherwise"}) + harm + 0.5 * ruled + 0.5 * is_harm(tail) + 0.25 * bool(act)
    return Why(said, act, "" if act else head.rstrip(" ,;:"), tail, kind, harm, ruled, points)


def _joint_of(said: str) -> tuple[str, str, str] | None:
    """What stands before the strongest joint, what behind it, and its kind; where the sentence opens with it, the clause behind the comma is the head."""
    best: re.Match[str] | None = None
    order = ("otherwise", "because", "avoiding", "so")
    for found in _JOINT.finditer(said):
        if best is None or order.index(found.lastgroup or "so") < order.index(best.lastgroup or "so"):
            best = found
    if best is None:
        return None
    kind = best.lastgroup or "so"
    head, tail = said[: best.start()].strip(" ,;:(–—-"), said[best.end() :].strip(" ,;:)")
    if not head and ", " in tail:
        first, _, rest = tail.partition(", ")
        return rest.strip(), first.strip(), kind
    if kind == "otherwise" and len(tail.split()) < _LEAST_OF_REASON:  # "large uploads otherwise lead to ..."
        tail = said
    return head, tail, kind


def _says_what(head: str, said: str) -> bool:
    """Whether what stands before the reason says what is done or has to be, in a clause of its own."""
    if len(head.split()) < _LEAST_OF_SUBJECT - 1:
        return False
    return _is_act(head) or _MODAL.is_in(head) or (said[:1].isupper() and _MODAL.is_in(said))


def _is_act(text: str) -> bool:
    """Whether a text says what was done, in words that somebody who does not know the commit understands."""
    words = text.split()
    return (
        len(words) >= _LEAST_OF_SUBJECT - 1
        and _ACT.match(text) is not None
        and _GERUND.match(text) is None
        and _NO_ACT.match(text) is None
        and not _NO_REASON.is_in(text)
        and not _DOUBTS.is_in(text)
        and not dangling(text)
    )


def _is_said_of(told: Told, tail: str, said: str, kind: str) -> bool:
    """Whether a sentence is the reason of the subject that it follows, and can be read with it alone.

    The first may begin with "this" or "they": what these are stands in the subject.
    """
    if kind == "so" or not _is_act(told.act) or _FEATURE.match(told.act) or _TURNS.is_in(said):
        return False
    if _PAST.match(said) or (not told.first and (_POINTS.match(said) or dangling(said))):
        return False
    return _PLAIN_ACT.match(told.act) is not None or is_harm(tail) or _SERIOUS.is_in(tail)


def _is_reason(tail: str, kind: str, act: str) -> bool:
    words = tail.split()
    if len(words) < _LEAST_OF_REASON - (kind == "avoiding"):
        return False
    if _NO_NEED.is_in(tail):
        return False
    serious = _SERIOUS.is_in(tail) or is_harm(tail)
    if _FEATURE.match(act) and not serious:
        return False
    if kind == "avoiding":
        return serious
    if kind == "otherwise":
        return serious or _WOULD.is_in(tail)
    if kind == "so":
        return is_harm(tail) or (not _FEATURE.match(act) and (_MODAL.is_in(tail) or _NEGATED.is_in(tail)))
    return serious or _ELSEWHERE.is_in(tail)


def _is_prose(said: str) -> bool:
    """Whether a sentence is one in English, whole and sure of itself, about the product as it is."""
    if not _LEAST <= len(said) <= _MOST or len(said.split()) < _LEAST_WORDS or _FOREIGN.search(said):
        return False
    letters = len(_LETTERS.findall(said)) + said.count(" ")
    closed = all(said.count(one) == said.count(other) for one, other in ("()", "[]", "{}")) and not said.count("`") % 2
    return (
        letters >= _PROSE * len(said)
        and closed
        and not said.count('"') % 2
        and not _WHOLE_END.search(said)
        and not _NO_REASON.is_in(said)
        and not _DOUBTS.is_in(said)
        and not _BEFORE.is_in(said)
        and not _ME.search(said)
        and not _FOR_USERS.is_in(said)
        and "://" not in said
    )
