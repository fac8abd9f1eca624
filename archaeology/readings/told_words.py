"""The words by which a sentence of a commit's message is known to tell a reason, or something else. Pure."""

from __future__ import annotations

import re

from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.vocabulary import Vocabulary

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
NO_REASON = Vocabulary(
    "*mock* appveyor assertion assertions asserts benchmark* black boilerplate border* bump* changelog ci circleci clarity "
    "cleaner cleanup clearer clippy codacy comment comments compilation compile compiles compiling confus* consistency "
    "convention coverage credo css cypress debugging dependabot dialyzer doc dockerfile docs docstring docstrings "
    "documentation easier eslint fixture fixtures flake8 font golangci ide indent* intellij javadoc jest junit layout legib* "
    "lint* maintain* makefile margin margins mypy naming nicer phpstan phpunit pixel playwright prettier psalm pylint pytest "
    "readab* readme refactor* release released rename renamed renames renaming review* rspec rubocop ruff scrollbar "
    "scrollbars shellcheck simpler simplif* sonar* sorbet specfile specfiles specs spelling staticcheck style styling test "
    "testable tested testing tests translation translations travis typo typos vet vscode warning warnings wording workflow "
    "workflows",
    phrases=Choice(
        (r"\b(?:compiler|deprecation|build|type|typing|unused) (?:errors?|failures?)\b", (" error", " failure"), ("compiler ", "deprecation ", "build ", "type ", "typing ", "unused ")),
        (r"\b(?:the build|builds? (?:fail\w*|break\w*|script|system|time|tag))\b", ("the build", "build ", "builds ")),
        (r"\bthis pr\b", ("this pr",)),
        (
            r"\b(?:github actions?|pull request|merge conflicts?|upstream (?:pr|branch)|clean up|code duplication|less code|line length)\b",
            ("github action", "pull request", "merge conflict", "upstream pr", "upstream branch", "clean up", "code duplication", "less code", "line length"),
        ),
        (r"\b(?:dependency|constructor|service|bean|\w+(?:manager|service|repository|provider|factory)) injection\b", (" injection",)),
        (r"\bduplicat(?:ion|ing|e)? (?:of )?(?:the )?(?:code|logic)\b", ("duplicat",), ("code", "logic")),
        (r"\bconsisten\w+ with\b", ("consisten",), (" with",)),
        (r"\bdrop(?:s|ped|ping)? (?:support|\w+ (?:ver[si]+ons?|support))\b", ("drop",), (" support", " ver")),
        (r"\bsupport for (?:python|ruby|node|php|go|java)\b", ("support for ",), ("python", "ruby", "node", "php", "go", "java")),
        (r"\bupgrad(?:e|ed|ing) to\b", ("upgrade to", "upgraded to", "upgrading to")),
        (r"\b(?:error|success|flash) messages?\b", ("error message", "success message", "flash message")),
    ),
    of=
    "github error errors failure failures build builds pull pr merge upstream injection clean code logic consisten* less "
    "line drop drops dropped dropping support upgrade upgraded upgrading message messages",
)  # fmt: skip
DOUBTS = Vocabulary(
    "apparently* experiment* fixme* hack hopefully* imho* imo* likely* maybe* perhaps* presumably* probably* quick* seem* temp todo* unsure* wip",
    phrases=Choice(
        (r"\b(?:we|i) (?:never|have not|haven['’]t) (?:noticed|seen|saw|had|hit)", (" noticed", " seen", " saw", " had", " hit"), ("never ", "have not ", "haven't ", "haven’t ")),
        (r"\bi (?:think|guess|believe|suspect|assume)", ("i think", "i guess", "i believe", "i suspect", "i assume")),
        (r"\b(?:not sure|for (?:now|the moment)|temporar\w|follow-up)", ("not sure", "for now", "for the moment", "temporar", "follow-up")),
        (
            r"\b(?:as (?:discussed|suggested|above|mentioned|described)|see (?:above|below)|in a (?:future|later|follow|separate))",
            ("as discussed", "as suggested", "as above", "as mentioned", "as described", "see above", "see below", "in a future", "in a later", "in a follow", "in a separate"),
        ),
        (r"\bshould be (?:fine|ok|enough)", ("should be fine", "should be ok", "should be enough")),
        (r"\bnext (?:commit|step|pr|patch)", ("next commit", "next step", "next pr", "next patch")),
        (
            r"\bthis (?:commit|patch|pr|change|series|branch) (?:also|only|just)",
            (" also", " only", " just"),
            ("this commit ", "this patch ", "this pr ", "this change ", "this series ", "this branch "),
        ),
        (r"\b\?", ("?",)),
    ),
    of="*?* above* also* assume* believe* below* described* discussed* follow* future* guess* had* hit* just* later* mentioned* moment* next noticed* "
    "now* only* saw* seen* separate* should suggested* sure* suspect* temporar* think*",
)  # fmt: skip
# What was so before tells of the code that has gone.
BEFORE = Vocabulary(
    "ago anymore became broke caused currently did failed formerly got had happened led meant occurred previously recently "
    "regressed regression resulted started today was were yesterday",
    phrases=Choice(
        (r"\b(?:did|was|were)n['’]t\b", ("n't", "n’t")),
        (
            r"\b(?:used to|at the moment|right now|before this|until now|no longer|any more|so far|turned out)\b",
            ("used to", "at the moment", "right now", "before this", "until now", "no longer", "any more", "so far", "turned out"),
        ),
        (r"\b(?:introduced (?:in|by)|changed (?:this|that|the behaviou?r))\b", ("introduced in", "introduced by", "changed this", "changed that", "changed the behavio")),
    ),
    of=
    "didn wasn weren used moment now before longer more far introduced turned changed",
)  # fmt: skip
ME = re.compile(r"(?:^|\s)(?:I|I['’]\w+|me|my)\s")
FOR_USERS = Vocabulary(
    "convenient* handy useful",
    phrases=Choice(
        (
            r"\b(?:so(?: that)?|let(?:s|ting)?|allow(?:s|ing)?|enabl(?:es?|ing)|helps?) (?:the |our |other |more )?(?:users?|you|people|developers?|callers?|consumers?|clients?|applications?|admins?|authors?|them|one)\b(?! (?:cannot|can['’]t|never|do not|don['’]t))",
            (" user", " you", " people", " developer", " caller", " consumer", " client", " application", " admin", " author", " them", " one"),
            ("so ", "that ", "let ", "lets ", "letting ", "allow", "enabl", "help"),
        ),
        (r"\bso (?:that )?(?:we|it|they) can\b", ("we can", "it can", "they can"), ("so ",)),
        (r"\bcan (?:now|then) be\b", ("can now be", "can then be")),
        (r"\b(?:is now possible|make it possible|possible to)\b", ("is now possible", "make it possible", "possible to")),
        (r"\bmore (?:flexible|generic|robust)\b", ("more flexible", "more generic", "more robust")),
    ),
    of=
    "user users you people developer developers caller callers consumer consumers client clients application applications "
    "admin admins author authors them one can possible flexible generic robust",
)  # fmt: skip
ELSEWHERE = Vocabulary(
    "after all already always android any anybody anyone anything arm arm64 assume assumes before both cannot chrome* "
    "concurrent* couldnot cpython darwin docker doesnot donot during each edge every* expect expects firefox forbid* freebsd "
    "glibc guarantee guaranteed guarantees ignores illumos impossible ios jdk jruby kubernetes lack lacks linux macos "
    "mariadb maynot mightnot multiple musl must mustnot mysql need needs never nginx only openbsd openssl oracle osx posix "
    "postgres* prohibit* pypy redis refuses rejects relies require requires return returns safari shouldnot simultaneous* "
    "solaris sqlite still systemd treat treats twice unable until webkit while willnot win32 windows wouldnot x86*",
    phrases=Choice(
        (r"\b(?:does|do|will|can|could|would|may|might|should|must)(?: not|n['’]t)\b|\b(?:can|won)['’]t\b", (" not", "'t", "’t")),
        (r"\b(?:depends on|ha(?:s|ve) to|more than|at (?:least|most))\b", ("depends on", "has to", "have to", "more than", "at least", "at most")),
        (
            r"\b(?:is|are|isn['’]t|aren['’]t|be) (?:not |never |only |always )?(?:thread[- ]?safe|atomic|allowed|supported|available|permitted|valid|legal|re-?entrant|idempotent|unique|ordered|sorted|deterministic|defined|immutable|mutable|shared|cached|truthy|falsy|nil|null|case[- ](?:in)?sensitive|ambiguous|expensive|blocking|lazy)\b",
            (
                " thread", " atomic", " allowed", " supported", " available", " permitted", " valid", " legal", "entrant", " idempotent", " unique", " ordered", " sorted", " deterministic", " defined",
                " immutable", " mutable", " shared", " cached", " truthy", " falsy", " nil", " null", " case", " ambiguous", " expensive", " blocking", " lazy",
            ),
            ("is ", "are ", "isn", "aren", "be "),
        ),
        (r"\b(?:per|by|in|to|of|with) (?:the )?(?:spec(?:ification)?|standard|protocol|rfc)\b", (" spec", " standard", " protocol", " rfc")),
        (r"\b(?:spec(?:ification)?|standard|protocol) (?:says|requires|defines|states|mandates|allows|forbids|does)\b", ("spec ", "specification ", "standard ", "protocol ")),
        (r"\b(?:os x|internet explorer|(?:32|64)[- ]bit|big[- ]endian)\b", ("os x", "internet explorer", "32 bit", "32-bit", "64 bit", "64-bit", "big endian", "big-endian")),
        (
            r"\b(?:rfc ?\d+|ie ?\d+|node(?:\.?js)? ?v?\d+|java ?\d+|php ?\d|python ?[23]\S*|go ?1\.\d+|ruby ?\d\S*|armv\d)\b",
            ("rfc", "ie", "node", "java", "php", "python", "go", "ruby", "armv"),
            tuple("0123456789"),
        ),
    ),
    of=
    "rfc* spec specification standard protocol os explorer ie ie0* ie1* ie2* ie3* ie4* ie5* ie6* ie7* ie8* ie9* node* java* "
    "php* python* go go1* ruby* armv* 32 64 endian safe threadsafe atomic allowed supported available permitted valid legal "
    "entrant reentrant idempotent unique ordered sorted deterministic defined immutable mutable shared cached truthy falsy "
    "nil null sensitive insensitive ambiguous expensive blocking lazy not t depends has have more least most",
)  # fmt: skip
SERIOUS = Vocabulary(
    "accident* allocation allocations ambigu* attack* block blocked blocking blocks break* brute clash* clobber* collid* "
    "collision* compat* conflict* contention corrupt* crash* credential credentials csrf dangling datarace dataraces "
    "deadlock* denial dos dropp* endless enumerat* error errors escap* evict* exception exceptions exhaust* expir* exploit* "
    "exponential fail* fingerprint* flicker* flood flooding floods forever garbage hang hanging hangs hidden hide hides "
    "hiding hijack* inconsisten* incorrect* infinite inject* interrupt* invalid* leak* livelock* loop looping loops lose "
    "loses losing loss lost malicious mask* misinterpret* mistaken* npe nullpointer* oom order ordering orphan* overflow* "
    "overwr* panic panics partial* password passwords pollution precision quadratic race races racy recurs* reentran* "
    "reject* reset* rounding secret secrets security segfault* smuggl* sniff* spam* spoof* ssrf stack stale stall* starv* "
    "storm* stuck swallow* throttl* throw* threadsafe* thundering timeout timeouts timing traversal truncat* twice unbounded "
    "underflow unexpected* unintended untrusted vulnerab* wrong* xss zombie*",
    phrases=Choice(
        (r"\bout of (?:memory|order|sync|bounds|range)\b", ("out of memory", "out of order", "out of sync", "out of bounds", "out of range")),
        (r"\bold(?:er)? (?:versions?|clients?|servers?|data|formats?|files?)\b", ("old ", "older "), (" version", " client", " server", " data", " format", " file")),
        (r"\bexisting (?:users|data|databases?|clients|installations?|files)\b", ("existing user", "existing data", "existing client", "existing installation", "existing file")),
        (r"\bdouble[- ]\w", ("double ", "double-")),
        (r"\bduplicate[sd]? (?:key|entr|row|event|message|request|record|id|name|notif)", ("duplicate ", "duplicates ", "duplicated ")),
        (r"\bmemory (?:usage|consumption|pressure|growth|spike)", ("memory usage", "memory consumption", "memory pressure", "memory growth", "memory spike")),
        (
            r"\b(?:rate limit|thread[- ]safe|null pointer|nil (?:pointer\b|deref)|re-entran\w)",
            ("rate limit", "thread safe", "thread-safe", "null pointer", "nil pointer", "nil deref", "re-entran"),
        ),
        (
            r"\b(?:time outs?|cve-\d+|use[- ]after[- ]free|undefined behaviou?r|n\+1|o\(n)\b",
            ("time out", "cve-", "after free", "after-free", "undefined behavio", "n+1", "o(n"),
        ),
    ),
    of=
    "memory sync bounds range out outs cve old older existing double duplicate duplicates duplicated free undefined n o "
    "limit* safe* null nil entran*",
)  # fmt: skip
MODAL = Vocabulary(
    "cannot must",
    phrases=Choice(
        (r"\b(?:needs? to|ha(?:s|ve) to|only be|can(?: not|['’]t))\b", ("need to", "needs to", "has to", "have to", "only be", "can not", "can't", "can’t")),
        (r"\bshould(?:n['’]t| not| never| always)\b", ("shouldn", "should not", "should never", "should always")),
        (r"\b(?:is|are) (?:\w+ )?not (?:allowed|supported|permitted|safe)\b", ("not allowed", "not supported", "not permitted", "not safe")),
        (r"^(?:we|one|you) (?:do not|don['’]t|never|always|only)\b", ("we ", "one ", "you "), (" do not", " don'", " don’", " never", " always", " only")),
    ),
)  # fmt: skip
NEGATED = Vocabulary(
    "cannot never nobody not nothing", phrases=Caseless(r"\b(?:do|does|is|are|ca|wo)n['’]t\b", ("n't", "n’t"))
)
WOULD = Vocabulary("cannot could may might never will would", phrases=Caseless(r"\b(?:can|won)['’]t\b", ("n't", "n’t")))
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
NO_NEED = Vocabulary(
    "redundant superfluous unnecessary useless",
    phrases=Choice(
        (
            r"\b(?:do(?:es)?(?: not|n['’]t)|no) (?:really )?(?:need|have to|matter|care)\b",
            (" need", " have to", " matter", " care"),
            ("do not ", "does not ", "n't ", "n’t ", "no "),
        ),
        (r"\bnot (?:needed|necessary)\b", ("not needed", "not necessary")),
    ),
)
OPENS = re.compile(
    r"(?:to (?:avoid|prevent)|[A-Za-z]+ing\b[^,]* (?:avoids|prevents)|in order|this|the (?:solution|reason|idea))\b",
    re.IGNORECASE,
)
TURNS = Vocabulary("although but however though yet")
LETTERS = b" ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FOREIGN = re.compile(r"[\u0400-\u9fff\uac00-\ud7af\u0590-\u06ff]")
PROSE = 0.74
# A state that is meant, told of what is done now and not of what went wrong.
STATE = re.compile(
    r"(?!(?:if|when|once|while|after|before|unless)\b)[^,;]{3,120}? (?:is|are) (?:(?:now|only|always|never|first|explicitly|deliberately|intentionally) )?(?:enabled|disabled|required|set|kept|used|sent|called|held|taken|ignored|skipped|escaped|buffered|cached|copied|locked|left|done|run|read|written|checked|treated|stored|limited|opened|closed|started|stopped|created|validated|rejected|blocked|wrapped|normalized|sorted|deferred|delayed|excluded|refused|dropped|cleared|reset|removed)\b",
    re.IGNORECASE,
)
MEANT = Vocabulary(
    "always deliberately explicitly intentionally never",
    phrases=Caseless(r"\b(?:by default|on purpose)\b", ("by default", "on purpose")),
)
CODE = re.compile(r"`[^`]*`")
