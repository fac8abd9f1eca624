"""The words by which a sentence of a commit's message is known to tell a reason, or something else. Pure."""

from __future__ import annotations

import re

from archaeology.readings.caseless import Caseless

# What joins a reason to what it is a reason of. A clause follows, or what is to be kept away.
BECAUSE = r"because(?! of (?:this|that|it)\b)|since(?= (?:\w+ ){0,4}?(?:is|are|isn['’]t|aren['’]t|has|have|can|cannot|can['’]t|does|do|doesn['’]t|don['’]t|will|would|may|might|must|should|could|otherwise|\w{3,}s)\b)|due to|as (?=(?:it|this|that|they|we|there|these|those|otherwise|(?:the |an? )?[\w`.'-]+ (?:is|are|isn['’]t|aren['’]t|has|have|does|do|doesn['’]t|don['’]t|can|cannot|can['’]t|will|would|may|might|must)\b)\b)"
AVOIDING = r"to (?:avoid|prevent|guard against|protect against|protect)|so as not to|in order not to|in order to (?:avoid|prevent)|lest|(?:avoids|prevents|avoiding|preventing)"
# The word stands before what must not precede it, so that hardly any place is looked back from.
OTHERWISE = r"(?:as |or |because |since |, )?(?=otherwise)(?<!\bso )(?<!\ban )(?<!\bthe )(?<!\bin )(?<!\bof )(?<!\band )(?<!\bfor )(?<!\bto )(?<!\bwith )otherwise|or else|without (?:this|it|that|which)\b"
SO_THAT = r"so that|so (?=(?:it|the|we|that|they|this)\b)|to (?:ensure|make sure|guarantee)(?: that)?"
# Whole messages are looked through with it. Most words are none of these by their first two letters, which is told in half the time.
JOINT_BEGINS = r"(?=, |as|av|be|du|in|le|o[rt]|pr|s[io]|to|wi)"
JOINT = Caseless(
    rf"\b{JOINT_BEGINS}(?:(?P<otherwise>{OTHERWISE})|(?P<because>{BECAUSE})|(?P<avoiding>{AVOIDING})|(?P<so>{SO_THAT}))\b"
)
# But for two, all ways to match begin with one of these pairs of letters; most words do not.
NO_REASON_BEGINS = r"(?=a[ps]|b[elou]|c[hilorsy]|d[eioru]|e[ars]|f[ilo]|g[io]|i[dn]|j[aeu]|l[aei]|m[aey]|n[ai]|p[hilrsuy]|r[esu]|s[cehioptu]|t[ehry]|u[np]|v[es]|w[ao])"
NO_REASON = Caseless(
    rf"\b(?:\w*mock\w*|(?=\w+ injection)\w+(?:manager|service|repository|provider|factory) injection|{NO_REASON_BEGINS}(?:tests?\b|testing|tested|testable|spec(?:s|files?)\b|fixtures?|benchmark\w*|assertions?|asserts|pytest|rspec|jest|junit|phpunit|cypress|playwright|ci\b|travis|appveyor|circleci|github actions?|workflows?|coverage|lint\w*|clippy|psalm|phpstan|dialyzer|credo|sorbet|eslint|rubocop|mypy|flake8|pylint|prettier|black|ruff|shellcheck|codacy|sonar\w*|golangci|staticcheck|vet\b"
    r"|(?:compiler|deprecation|build|javadoc|type|typing|unused) (?:warnings?|errors?|failures?)|warnings?\b|compil(?:e|es|ing|ation)\b|the build|builds? (?:fail\w*|break\w*|script|system|time|tag)|ide\b|intellij|vscode|makefile|dockerfile|docs?\b|documentation|docstrings?|javadoc|readme|changelog|comments?\b|typos?|spelling|wording|review\w*|reviewers?|pull request|this pr\b|merge conflicts?|upstream (?:pr|branch)"
    r"|(?:dependency|constructor|service|bean) injection|readab\w+|cleaner|clean up|cleanup|nicer|simpler|simplif\w+|easier|maintain\w*|refactor\w*|duplicat(?:ion|ing|e)? (?:of )?(?:the )?(?:code|logic)|code duplication|boilerplate|consisten\w+ with|consistency|convention|confus\w+|clearer|clarity|legib\w+|less code|line length|naming|rename[ds]?|renaming|debugging|drop(?:s|ped|ping)? (?:support|\w+ (?:ver[si]+ons?|support))|support for (?:python|ruby|node|php|go|java)\b|bump\w*|upgrad(?:e|ed|ing) to|changelog|translations?|styl(?:e|ing)\b|css\b|layout|pixel|font|border\w*|margins?|scrollbars?|(?:error|success|flash) messages?|indent\w*|dependabot|released?\b))\b"
)
DOUBTS = Caseless(
    r"\b(?:(?:we|i) (?:never|have not|haven['’]t) (?:noticed|seen|saw|had|hit)|i think|i guess|i believe|i suspect|i assume|imo|imho|not sure|unsure|maybe|perhaps|probably|presumably|hopefully|seems?|seemingly|apparently|for now|for the moment|temporar\w+|temp\b|todo|fixme|hack\b|wip\b|likely|should be (?:fine|ok|enough)|quick|experiment\w*|as discussed|as suggested|in a (?:future|later|follow|separate)|follow-up|next (?:commit|step|pr|patch)|this (?:commit|patch|pr|change|series|branch) (?:also|only|just)|see (?:above|below)|as (?:above|mentioned|described)|\?)"
)
# What was so before tells of the code that has gone.
BEFORE = Caseless(
    r"\b(?:was|were|had|did(?: not|n['’]t)?|wasn['’]t|weren['’]t|previously|used to|currently|at the moment|right now|before this|until now|formerly|no longer|any ?more|so far|regression|regressed|introduced (?:in|by)|broke|caused|failed|got|started|led|resulted|meant|became|happened|occurred|turned out|changed (?:this|that|the behaviou?r)|recently|today|yesterday|ago)\b"
)
ME = re.compile(r"(?:^|\s)(?:I|I['’]\w+|me|my)\s")
FOR_USERS = Caseless(
    r"\b(?:(?:so that|so|to let|to allow|allows?|allowing|lets?|letting|enables?|enabling|to help|helps?) (?:the |our |other |more )?(?:users?|you|people|developers?|callers?|consumers?|clients?|applications?|admins?|authors?|them|one)\b(?! (?:cannot|can['’]t|never|do not|don['’]t))|so (?:that )?(?:we|it|they) can\b|can (?:now|then) be|is now possible|make it possible|possible to|useful|handy|convenient\w*|more (?:flexible|generic|robust))\b"
)
PLATFORM = r"windows|win32|macos|os ?x|darwin|linux|freebsd|openbsd|solaris|illumos|android|ios|safari|firefox|chrome\w*|webkit|internet explorer|ie ?\d+|edge|jruby|pypy|cpython|node(?:\.?js)? ?v?\d+|java ?\d+|jdk|php ?\d|python ?[23]\S*|go ?1\.\d+|ruby ?\d\S*|mysql|mariadb|postgres\w*|sqlite|oracle|redis|nginx|openssl|musl|glibc|kubernetes|docker|systemd|x86\w*|arm(?:64|v\d)?\b|32[- ]bit|64[- ]bit|big[- ]endian"
ELSEWHERE = Caseless(
    rf"\b(?:rfc ?\d+|(?:per|by|in|to|of|with) (?:the )?(?:spec(?:ification)?|standard|protocol|rfc|posix)|(?:spec(?:ification)?|standard|protocol|posix) (?:says|requires|defines|states|mandates|allows|forbids|does)|posix|{PLATFORM}|(?:is|are|isn['’]t|aren['’]t|be) (?:not |never |only |always )?(?:guaranteed|thread[- ]?safe|atomic|allowed|supported|available|permitted|valid|legal|re-?entrant|idempotent|unique|ordered|sorted|deterministic|defined|immutable|mutable|shared|cached|truthy|falsy|nil|null|case[- ](?:in)?sensitive|ambiguous|expensive|blocking|lazy)"
    r"|(?:does|do|will|can|could|would|may|might|should|must)(?: not|n['’]t|not)\b|cannot|can['’]t|won['’]t|never|always|only|still|already|guarantee[sd]?|requires?|expects?|assumes?|relies|depends on|refuses|rejects|ignores|returns?|treats?|needs?|has to|have to|must|forbid\w*|prohibit\w*|lacks?|unable|impossible|before|after|while|until|during|concurrent\w*|simultaneous\w*|both|twice|multiple|more than|at (?:least|most)|any(?:one|body|thing)?|every\w*|each|all)\b"
)
SERIOUS = Caseless(
    r"\b(?:data ?races?|races?|race conditions?|racy|deadlock\w*|livelock\w*|starv\w+|leak\w*|crash\w*|panics?|oom\b|out of memory|exhaust\w*|infinite|endless|forever|unbounded|overflow\w*|underflow|hang(?:s|ing)?|stall\w*|block(?:s|ing|ed)?\b|time ?outs?|stuck|corrupt\w*|los(?:e|es|ing|s|t)\b|inject\w*|xss|csrf|ssrf|spoof\w*|attack\w*|vulnerab\w+|cve-\d+|traversal|exploit\w*|security|timing|untrusted|malicious|secrets?|passwords?|credentials?|escap\w+|pollution|sniff\w*|hijack\w*|smuggl\w*|brute|denial|dos\b|enumerat\w+|fingerprint\w*"
    r"|compat\w*|old(?:er)? (?:versions?|clients?|servers?|data|formats?|files?)|existing (?:users|data|databases?|clients|installations?|files)|double[- ]\w+|duplicate[sd]? (?:key|entr|row|event|message|request|record|id|name|notif)\w*|twice|recurs\w+|stack|segfault\w*|use[- ]after[- ]free|undefined behaviou?r|dangling|stale|inconsisten\w+|out of (?:order|sync|bounds|range)|order(?:ing)?\b|collision\w*|collid\w+|clash\w*|conflict\w*|overwr\w+|clobber\w*|dropp\w+|truncat\w+|precision|rounding|n\+1|quadratic|o\(n|exponential|memory (?:usage|consumption|pressure|growth|spike)\w*|allocations?|thundering|contention|throttl\w*|rate limit\w*|thread[- ]?safe\w*|null ?pointer\w*|npe\b|nil (?:pointer|deref\w*)|exceptions?|errors?|throw\w*|fail\w*|break\w*|reject\w*|invalid\w*|orphan\w*|zombie\w*|wrong\w*|incorrect\w*|unexpected\w*|mask\w*|hid(?:e|es|ing|den)|swallow\w*|ambigu\w+|mistaken\w*|misinterpret\w*|unintended|accident\w*|flicker\w*|floods?|flooding|spam\w*|storm\w*|loops?|looping|garbage|partial\w*|interrupt\w*|re-?entran\w+|reset\w*|evict\w*|expir\w+)\b"
)
MODAL = Caseless(
    r"\b(?:must(?: not| never)?|should(?:n['’]t| not| never| always)|needs? to|has to|have to|cannot|can['’]t|can not|(?:is|are) (?:\w+ )?not (?:allowed|supported|permitted|safe)|only be)\b|^(?:we|one|you) (?:do not|don['’]t|never|always|only)\b"
)
NEGATED = Caseless(
    r"\b(?:do not|don['’]t|does not|doesn['’]t|is not|isn['’]t|are not|aren['’]t|cannot|can['’]t|won['’]t|not|nothing|nobody|never)\b"
)
WOULD = Caseless(r"\b(?:would|could|might|may|will|cannot|can['’]t|won['’]t|never)\b")
# "Similarly to X, ..." is no link: an adverb is one only before its comma.
LINK = re.compile(
    r"^(?:(?:(?:however|naturally|thusly|thus|therefore|hence|so|but|and|also|note that|note|as such),?|(?:additionally|moreover|furthermore|consequently|finally|besides|similarly|basically|unfortunately),)\s+)+(?=[\w`\"'])",
    re.IGNORECASE,
)
NO_ACT = re.compile(
    r"^additional\w*|^(?:(?:also |and |re-?|try (?:to )?|attempt(?:s)? (?:to )?|further |more |some |minor |small |an? |the |this |\w+ly )*(?:fix\w*|bug\w*|hotfix\w*|issues?|improv\w+|updat\w+|refactor\w*|clean\w*|tid(?:y|ied)\b|minor|misc\w*|wip|release\w*|bump\w*|tweak\w*|optimi[sz]\w+|rework\w*|reorgani[sz]\w+|simplif\w+|renam\w+|rewr\w+|repair\w*|resolv\w+ (?:\w+ )?(?:issues?|bugs?|problems?|conflicts?|#\d+)|solv\w+|address\w*|work(?:s|ed|ing)?\b|better|implement\w*|support\w*|introduc\w+|expos\w+|provid\w+|new|feat\w*|port\w*|upgrad\w+|deprecat\w+|document\w*|merge\w*|revert\w*|polish\w*|enhanc\w+|handl\w+ (?:the )?(?:case|issue)|comment\w*|correct\w*|typo\w*|experiment\w*|progress|first|initial|preparation\w*|prepar\w+|migrat\w+|convert\w* to)\b|(?:truncated|swallowed|duplicated|ignored|dropped|delayed|escaped|hidden|limited|leaked|invalidated|cancel+ed|aborted|terminated|corrupted|nested|shared|lost) (?!the\b|an?\b|all\b|any\b|some\b))",
    re.IGNORECASE,
)
ACT = re.compile(
    r"^(?:(?:when|if|on|in|after|before|for|while|during|under) [^,]{3,60}, )?(?:(?:also|only|always|never|just|explicitly|first|instead|properly|correctly|again|simply) )*(?:es?chew\w*|eliminat\w+|do(?:es)?(?: not|n['’]?t)|dont|doesnt|don['’]?t|never|no longer|not|stop\w*|avoid\w*|use[sd]?|using|keep\w*|kept|sets?|setting|puts?|check\w*|call\w*|ma(?:k|d)\w+|return\w*|clos\w+|open\w*|wait\w*|h[eo]ld\w*|lock\w*|unlock\w*|tak\w+|took|releas(?:e|es|ing) (?:the|locks?)|disabl\w+|skip\w*|ignor\w+|limit\w*|bound\w*|clamp\w*|cap\w*|reject\w*|refus\w+|requir\w+|ensur\w+|prevent\w*|mov\w+|read\w*|writ\w+|wrote|flush\w*|reset\w*|clear\w*|cop(?:y|ies|ied|ying)|clon\w+|stor\w+|cach\w+|send\w*|sent|pass\w*|treat\w*|compar\w+|escap\w+|quot\w+|encod\w+|decod\w+|saniti[sz]\w+|strip\w*|drop\w*|remov\w+|delet\w+|delay\w*|defer\w*|run\w*|start\w*|register\w*|unregister\w*|initiali[sz]\w+|init\b|creat\w+|build\w*|built|generat\w+|load\w*|forc\w+|fall\w*|retr(?:y|ies|ied|ying)|propagat\w+|throw\w*|rais\w+|catch\w*|caught|swallow\w*|log\w*|mark\w*|validat\w+|verif\w+|restor\w+|preserv\w+|respect\w*|switch\w*|replac\w+|chang\w+|normali[sz]\w+|sort\w*|truncat\w+|guard\w*|seriali[sz]\w+|synchroni[sz]\w+|await\w*|invalidat\w+|track\w*|prefer\w*|wrap\w*|unwrap\w*|trim\w*|emit\w*|dispatch\w*|signal\w*|harden\w*|isolat\w+|separat\w+|split\w*|includ\w+|exclud\w+|add\w*|declar\w+|default\w*|enforc\w+|allocat\w+|reus\w+|re-\w+|re(?:connect|try|use|compute|calculate|fresh|load|queue|open|start|create|check|schedule|validate)\w*|lower\w*|increas\w+|reduc\w+|rais\w+|hid\w+|mask\w*|redact\w*|join\w*|kill\w*|terminat\w+|cancel\w*|abort\w*|exit\w*|print\w*|assign\w*|append\w*|prepend\w*|insert\w*|convert\w*|cast\w*|pars\w+|resolv\w+ (?:\w+ )?(?:issues?|bugs?|problems?|conflicts?|#\d+)|fetch\w*|quer\w+|look\w*|search\w*|match\w*|filter\w*|restrict\w*|allow\w*|apply\w*|appl(?:y|ies|ied)|bind\w*|detach\w*|attach\w*|inline\w*|extract\w*|shut\w*|swap\w*|pin\w*|let\b|leave\w*|left)\b",
    re.IGNORECASE,
)
FEATURE = re.compile(
    r"^(?:also |and )?(?:add(?:s|ed|ing)?|allow(?:s|ed|ing)?|support\w*|implement\w*|introduc\w+|expos\w+|enabl\w+|provid\w+|new)\b",
    re.IGNORECASE,
)
# What is offered is a feature, whatever it keeps away.
OFFER = re.compile(
    r"^(?:also |and )?(?:add(?:s|ed|ing)?|allow(?:s|ed|ing)?|support\w*|implement\w*|introduc\w+|expos\w+|enabl\w+|provid\w+|new|creat\w+|make) (?:\w+ ){0,4}?(?:options?|flags?|settings?|config\w*|parameters?|params?|arguments?|args?|support|ability|possibility|commands?|dialog\w*|buttons?|pages?|apis?|hooks?|events?|plugins?|features?|endpoints?|attributes?|propert(?:y|ies)|switch|overloads?|examples?|toggles?|menus?|shortcuts?|icons?|links?|views?|modes?)\b",
    re.IGNORECASE,
)
POINTS = re.compile(
    r"^(?:(?:because|since|as|otherwise|so|and|but|then|thus|therefore|hence|also|however|instead|without),? )?(?:this|that|these|those|it|its|they|their|them|he|she|such|both|doing so|here)\b|^(?:\w+ ){1,2}(?:therefore|thus|hence|then)\b",
    re.IGNORECASE,
)
WHOLE_END = re.compile(
    r"(?:\b(?:the|a|an|of|to|for|with|and|or|by|that|is|are|be|because|since|when|if|not|i\.e\.?|e\.g\.?)|[,:;(\[/–—-])$",
    re.IGNORECASE,
)
LONGEST_END = len("because") + 1
PLAIN_ACT = re.compile(
    r"(?:do not|don['’]?t|dont|does not|never|always|only|avoid\w*|stop\w*|skip\w*|disabl\w+|ignor\w+|reject\w*|refus\w+|prevent\w*|ensur\w+|make sure|require\w*|force\w*|keep\w*|wait\w*|use\b.*\binstead|.*\b(?:without|before|first|only|instead of|rather than)\b)",
    re.IGNORECASE,
)
OPENING = re.compile(r"(?P<reason>.+), (?:so |then )?(?=[^,]+$)|(?P<short>[^,]+?) (?=we (?:\w+ )?\w+ (?:the|a|an)\b)")
WE = re.compile(r"(?:we|you|one)\b", re.IGNORECASE)
WE_WANT = re.compile(r"(?:we|i) (?:want|like|prefer|wish)\b", re.IGNORECASE)
GERUND = re.compile(r"[A-Za-z]+ing\b")
# What an "it" among the first words is, the sentence does not say.
POINTS_EARLY = re.compile(r"(?:[^\s,]+,? ){1,7}(?:it|them)\b", re.IGNORECASE)
PAST = re.compile(r"[\w.()`]+ (?:re-)?[a-z]{3,}ed\b (?!by\b|to be\b)")
NO_NEED = Caseless(
    r"\b(?:(?:do not|don['’]t|does not|doesn['’]t|no) (?:really )?(?:need|have to|matter|care)|no need|not needed|not necessary|unnecessary|superfluous|redundant|useless)\b"
)
OPENS = re.compile(
    r"(?:to (?:avoid|prevent)|[A-Za-z]+ing\b[^,]* (?:avoids|prevents)|in order|this|the (?:solution|reason|idea))\b",
    re.IGNORECASE,
)
TURNS = Caseless(r"\b(?:but|however|although|though|yet)\b")
LETTERS = b" ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FOREIGN = re.compile(r"[\u0400-\u9fff\uac00-\ud7af\u0590-\u06ff]")
PROSE = 0.74
# A state that is meant, told of what is done now and not of what went wrong.
STATE = re.compile(
    r"(?!(?:if|when|once|while|after|before|unless)\b)[^,;]{3,120}? (?:is|are) (?:(?:now|only|always|never|first|explicitly|deliberately|intentionally) )?(?:enabled|disabled|required|set|kept|used|sent|called|held|taken|ignored|skipped|escaped|buffered|cached|copied|locked|left|done|run|read|written|checked|treated|stored|limited|opened|closed|started|stopped|created|validated|rejected|blocked|wrapped|normalized|sorted|deferred|delayed|excluded|refused|dropped|cleared|reset|removed)\b",
    re.IGNORECASE,
)
MEANT = Caseless(r"\b(?:by default|always|never|deliberately|intentionally|explicitly|on purpose)\b")
CODE = re.compile(r"`[^`]*`")
