"""The word lists behind the weakness tests. All entries of a frozenset are stems (see ``words.stem``)."""

from __future__ import annotations

import re

from alloy_assist.elicitation.words import STOP_WORDS, stems

ENOUGH_WORDS = 3

PRAISE = stems(
    """simple simplicity clean clear cleaner simpler maintainable maintainability maintain maintenance readable readability quality good
    better best great nice nicely proper properly correct correctly robust robustness scalable scalability scale flexible flexibility
    modular modularity solid dry kiss secure security reliable reliability stable stability fast efficient efficiency performance
    performant extensible extensibility reusable reuse elegant tidy consistent consistency sane sensible professional modern
    standard standards practice practices principle principles architecture design structure structured organised organized organise
    organize decoupled decoupling coupling loose loosely cohesion high low separation concerns concern abstraction testable
    testability understandable easy easily easier future proof futureproof idiomatic beautiful sustainable sustainability tested""",
)
# Capitals that name a virtue, not a thing of this repository.
VIRTUES = frozenset(
    {"SOLID", "DRY", "KISS", "YAGNI", "OOP", "TDD", "DDD", "API", "CI", "UI", "OK", "TODO", "TBD", "N/A", "IDK"}
)
FILLER = stems(
    """code codebase base system software project application app program keep keeping make making ensure stay remain want need like try
    have get write writing written work works working team people developers developer everyone everybody everything important
    matter matters industry engineering value values well much many more most possible quick life day thing general overall
    long term run change changes new build building do part follow following product user users bug bugs free avoid grow grows growing grown larger time sure main reason simply should
    without problem problems issue issues help helps add adding understand read use using time lot generally always""",
)
EMPTY_HARMS = stems(
    """bad worse worst wrong bug bugs error errors problem problems issue issues risk risks mess messy chaos complexity complicated
    complex spaghetti debt technical rot entropy break breaks broken breaking breakage fail fails failure failures trouble pain hard
    harder things code codebase quality software system stuff go goes going happen happens could would become becomes get gets
    getting everything something anything legacy ugly dirty poor poorly sloppy dangerous danger scary nasty unmaintainable
    maintenance unreadable unclear confusing confusion mistakes mistake regression regressions instability unstable slow harm damage
    suffer suffers suffering erosion erode erodes time long down up understand ball mud disaster nightmare unhappy end lost
    general lower decline declines degrade degrades decay decays rots cause causes lead leads make makes""",
)
FORCES = stems(
    """import imports leak leaks leaking creep creeping spread spreading shortcut bypass bypasses skip skips loosen weaken remove removing
    delete copy paste copies duplicate drift hurry deadline convenience refactor rename someone somebody agent newcomer contributor
    reach reaching call calls calling add adds adding grow grows growing pile directly inline hardcode hardcoded assume assumes mutate
    block blocking depend depends hide hides swallow swallows upgrade attacker inject race retry retries""",
)
CHANGES = stems(
    """change changes changing new newer next replace replaces replaced replacing replacement swap switch switching migrate migration
    move moving upgrade upgrades upgrading update version versions release releases add adding added adds more grow grows growing
    growth increase increases increasing expand scale scaling double tenfold bigger larger faster second another third hire hiring
    join joins joining onboard onboarding newcomer newcomers turnover leave leaves leaving team teams contributor contributors
    deadline deadlines pressure hurry rush audit audits auditor regulation regulator compliance law launch rewrite refactor refactoring
    redesign split splitting extract extracting merge acquisition reorganise reorganisation deprecate deprecated deprecation retire
    retiring retirement sunset outage spike peak load traffic attack attacker abuse price pricing contract licence license
    expire future soon plan plans planned roadmap eventually someday year quarter month evolve evolves evolving evolution drift
    vary varies fluctuate remove removal removing retries agents customers tenants regions region country countries locales integrate
    integration integrations port porting rotate rotates extend shrink turn accelerate parallel adopt adopts adopting adoption
    twice half customer customers client clients partner partners bank marketing sales legal authority supplier competitor
    insist insists force forces demand demands ask asks want wants support campaign campaigns outgrow outgrowing downgrade fork vendor abandon abandoned takeover tidying cleanup tidy""",
)
WHEN_CHANGE = re.compile(
    r"\b(?:will|going to|gets?|becomes?|go(?:es)? (?:up|down|away)|rises?|falls?|come[s]? (?:in|back|along)|no longer|as soon as|once|per (?:week|month|year))\b"
)
NOTHING_CHANGES = re.compile(
    r"\b(?:nothing (?:will )?(?:ever )?changes?|never changes?|(?:no|not? any) (?:real |particular |specific )?changes?\b|as (?:usual|always|it is)|"
    r"business as usual|all the time|at all times|in general|always (?:true|matters|important)|by default|day[- ]to[- ]day|"
    r"normal (?:use|operation|conditions|circumstances|development)|every situation|any situation|(?:in )?all cases)\b",
)
OBSERVABLES = stems(
    """test tests tested testing lint linter lints ci build builds check checks checked checker pipeline grep search import imports
    gate gates script command metric metrics dashboard benchmark benchmarks type typecheck mypy pyright ruff eslint fail fails failing
    pass passes passing green red coverage log logs logged alert alerts alarm contract contracts snapshot snapshots report reports
    count counts zero number percent percentile latency milliseconds seconds assert asserts assertion scan scanner trace
    traces exit diff diffs schema validate validates validation sample samples golden fixture replay query measure measured
    probe monitor monitored hook job compile compiles compiler error errors warning warnings owner codeowners approve approves
    approval sign signs load profile fuzz property mutation reproduce reproducible checksum digest audit run runs runtime hit hits table list
    rows file files exists succeed succeeds result results answer answers drill compare compared compares unplug staging replay
    replays nightly hourly quarter push random total totals""",
)
INSTRUMENTS = stems(
    """test tests lint linter ci check pipeline grep gate script command metric dashboard benchmark mypy coverage alert contract snapshot
    report count assert scan codeowners job fuzz""",
)
FEELINGS = re.compile(
    r"\b(?:feel|feels|feeling|trust|believe|hope|hopefully|obvious|obviously|just know|we(?:'d| would| will|'ll) (?:know|notice|see)|"
    r"you (?:can|will|'ll) (?:tell|see|notice)|know it when|common sense|experience|careful|carefully|best effort|vigilant|vigilance|"
    r"happy|satisfied|nobody complains|no complaints|people like|looks? (?:good|right|fine|clean|nice)|quality is|clean(?:er)? code|"
    r"discipline|aware|awareness|mindset|culture|understand[s]?|agree[s]?)\b",
)
NO_COSTS = re.compile(
    r"^\s*(?:none|nothing|no|nope|n/?a|nil|zero|-+|no idea|not (?:really|much)|nothing (?:really|much|comes to mind|serious|significant|worth \w+)|"
    r"it'?s (?:fine|worth it|free|ok|okay)|worth it|fine|not applicable|all good)\W*$|"
    r"\b(?:no|not any|without any|zero|aren't any|isn't any|hardly any|can't think of any|never any) (?:real |significant |serious |particular |noticeable |meaningful "
    r"|major |known |actual )?(?:downsides?|drawbacks?|costs?|trade-?offs?|disadvantages?|price|overhead|negatives?|cons|compromises?)\b|"
    r"\b(?:only|just) (?:benefits|advantages|upsides|wins)\b|\bcosts? (?:us )?nothing\b|\b(?:benefits|advantages|pros) outweigh\b|\bwin[- ]win\b",
)
COSTS = stems(
    """more extra slow slower slowly slows longer duplicate duplicates duplicated duplication boilerplate hard harder cannot lose loses losing loss less fewer cost
    costs costly wait waits waiting complex complexity overhead verbose verbosity maintain manual manually learn learning restrict restricts restriction
    friction limit limits limited awkward clumsy bigger larger heavier expensive memory disk latency twice two indirection hop wrapper
    plumbing ceremony mapping mappings translate translation translating sacrifice give forgo forego miss missing tedious ugly noise noisy repeat
    repetition repeated repeating stale delay delays delayed later rebuild effort work burden annoying annoy inconvenient inconvenience rigid
    constrain constrains tie tied lock unavailable redundant redundancy fragile stiff steeper steep confusing confuse surprising
    unfamiliar lag blocked blocks rejected refuse refusing pay price hassle bloat debug debugging pain painful drift divergence boiler detour explain
    explained explaining weaker inconsistent fake fakes stub stubs keep""",
)
GAINS = stems(
    """better best cleaner clearer easier faster safer simpler nicer improve improves improved improvement benefit benefits advantage
    advantages gain gains win wins save saves saving helps positive upside worth happy solves solved great good best practice""",
)
SATISFIED = re.compile(
    r"\b(?:as (?:expected|usual|always|before)|every(?:thing|one|body) (?:is|works|agrees|wins|likes|wants)|all (?:is )?(?:good|fine|well)|standard|normal(?:ly)?|"
    r"we (?:like|want|need|love) it|(?:that|it|this)(?:'s| is) (?:how|what|just|the) |we use|no problem|should be|(?:is|will be|would be) fine|(?:do(?:n.t| not)|can(?:.t|not)) (?:really )?see any|"
    r"depends|later|not sure|the (?:usual|obvious))\b"
)
COST_PHRASES = re.compile(
    r"\b(?:can'?t|cannot|not able|unable|have to|has to|must|need(?:s)? to|instead of|even when|even if|up to|by hand|no longer|without|at the cost|worse|"
    r"another (?:step|layer|file|place)|not (?:all|every|as)|rather than|trade|give up|only when|takes? (?:time|\w+ (?:minutes|hours|days))|out of date)\b|^no \w+ \w+",
)
MECHANISMS = stems(
    """wrapper wrappers adapter adapters interface interfaces gateway gateways repository pattern facade factory singleton injection
    middleware decorator decorators abstract class classes subclass mixin layer layers module modules protocol linter contract hook microservice
    microservices queue cache orm container plugin registry mock mocks fixture dataclass pydantic enum monorepo docker kubernetes
    redis postgres kafka graphql rest grpc""",
)
MECHANISM_OPENING = re.compile(
    r"(?:we |please |just |always |to )*(?:use|uses|using|put|wrap|wraps|wrapping|call|calls|calling|import|inject|injecting|route|have an?|add an?|"
    r"go(?:es)? through|implement|implementing|introduce|define|declare|mock|subclass|inherit|apply|follow(?:ing)? the)\b|"
    r"(?:(?:an?|the|our) )?(?:\w+[- ]){0,3}(?:wrapper|adapter|interface|gateway|repository|facade|factory|singleton|dependency injection|middleware|decorator|"
    r"abstract base class|base class|mixin|import-linter|contract|hook|pattern|orm|cache|queue|registry|plugin system)s?\b",
)
ABILITY = re.compile(
    r"\b(?:can|could|able|ability|freedom|free to|possible|without|independent(?:ly)?|so that|regardless|whatever|no matter|"
    r"stays?|remains?|keeps? working|never|survives?|guarantee[sd]?|safe(?:ly)? to|any(?:one|body)|right to|confidence)\b",
)
OUTCOMES = stems(
    """replace swap test change upgrade read run deploy recover restart resume reproduce roll rollback undo audit trace explain add
    remove move rename scale extend understand predict trust survive respond answer work ship release rebuild regenerate""",
)
WISH = re.compile(
    r"(?:we|i|the \w+|it|this|they|everything|code|users?) (?:want|need|like|prefer|should|must|needs|wants|has to|have to)\b|"
    r"(?:to )?(?:be|keep|stay|ensure|make sure|maintain|have)\b",
)
SHRUGS = re.compile(
    r"(?:yes|no|yep|yeah|nope|ok|okay|sure|maybe|idk|dunno|whatever|because|reasons|obvious(?:ly)?|it depends|depends|same|ditto|see above|as above|as said|"
    r"none|nothing|\?+|\.+|x+|test|todo|tbd|asdf\w*|foo|bar|lol|hm+|not sure|no idea|who knows|don'?t know|don'?t care|because (?:i|we) (?:said|say) so|"
    r"it just is|just because|historical(?: reasons)?|(?:the )?same (?:as )?(?:above|before|reason)|legacy(?: reasons)?)[\s.!?]*",
)
WHOLE_WORLD = re.compile(
    r"\b(?:everything|everywhere|anywhere|anything|all (?:of )?(?:the |our )?(?:code|files|repos?|repositories|modules|of it|projects?|services)|"
    r"(?:whole|entire|complete|full) (?:code ?base|repo(?:sitory)?|project|system|app(?:lication)?|world|company|organisation|organization|thing|product))\b|"
    r"^\s*(?:all|any|every file|global(?:ly)?|the (?:repo(?:sitory)?|project|code ?base|system))\s*\.?\s*$",
)
NEGATION = re.compile(
    r"\b(?:not|no|never|nothing|without|avoid|forbid|forbidden|must not|don't|doesn't|cannot|can't|instead of|stop|ban|banned|keep .{0,40} out of)\b"
)
COMMON_ENGLISH = STOP_WORDS | frozenset(
    "use code test tests make keep change changes new more one two import imports without between other after before".split()
)
OTHER_LANGUAGES = frozenset(
    """der die das und nicht ist wir ein eine mit ohne damit weil les des une nous pas pour avec sans que est dans el los las una con sin
    para porque cuando il gli che per di non sono siamo o os uma com sem para quando het een niet voor zonder met och att inte
    utan som det jest nie bez aby oraz przez""".split()
)
