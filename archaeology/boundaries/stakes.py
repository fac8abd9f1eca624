"""Whether a silence between imports has a stake: whether anybody could have broken it, and a reason to think that somebody minds.

That helpers import no plug-in is what *helpers* means; that nobody imports what is started, what a framework calls, or what registers
itself is how programs are made; that six packages of nothing in common never meet is an accident. Such statements are true and worth
nobody's minute.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archaeology.boundaries.roles import is_edge, named_alike, role_height, side_of
from archaeology.boundaries.statement import Form, Statement, without_facades
from archaeology.model import End

# The terms by which somebody other than the imports themselves, and the time that has passed, speaks for a boundary.
SPEAKING = frozenset({"gate", "repaired", "document", "comment", "explained"})
# Comments and commits that merely name both sides mostly speak of something else.
_MEANING_IT = SPEAKING - {"comment", "explained"}
# Expected imports from which on their absence is told: alone, and where somebody speaks for it.
_EXPECTED = 4.0
_EXPECTED_SPOKEN = 1.5
# Imports the other way from which on two sides are known to meet, and files that make an importer one.
_TRAFFIC = 5
_IMPORTERS = 3
_DOOR = 0.8
_GROUND = -1.0
_CROSSED = 3
_SIBLINGS = 4
# What is started, called by a framework or by name, beside the names that say a role of a door.
_CALLED = frozenset(
    """
    main __main__ server app apps cli cmd bin scripts script tools tool examples example demo demos docs benchmarks benchmark bench e2e
    mailboxes mailers mailer jobs job workers worker tasks task migrations migration migrate db seeds controllers controller views view
    pages page screens routes router routers handlers handler commands command channels middleware middlewares hooks hook listeners
    subscribers manage wsgi asgi setup conftest cron fuzz playground storybook stories website site installer cypress
    """.split()
)
# What a framework calls: nobody would import it, and its parts never meet.
_FRAMEWORK = ("controller", "mailbox", "mailer", "migration", "page", "route", "job", "view", "screen", "feature")
_NOBODYS = frozenset(
    "controllers controller mailboxes mailers migrations pages routes main bin cmd scripts server".split()
)
_ASIDE = frozenset(
    "test tests testing fixtures examples example docs doc scripts tools benchmarks spikes demo demos".split()
)
# What hardly knows anything by what its name means.
_PLAIN = frozenset(
    "i18n locale locales lang languages resources translations strings fonts icons assets theme themes config settings version about".split()
)

# What a framework lays out by itself when a project is begun: the part that Phoenix puts beside the application, and translations.
_BESIDE = "_web"
# What puts a program together at its start.
_ROOTS = frozenset(
    """
    serviceprovider serviceproviders providers di ioc injection container containers bootstrap startup program application kernel wiring
    composition registry appmodule modules dependencyinjection factory factories main app index
    """.split()
)
_REGISTERING = (
    "servicecollectionextensions.cs",
    "serviceextensions.cs",
    "dependencyinjection.cs",
    "serviceregistration.cs",
)
_MAX_STEPS = 4
_MAX_CHANCE = 0.05
_MAX_AGAINST = 8
_ROWS = frozenset({Form.ROW, Form.GROUND})
_TESTS = frozenset("test tests testing spec specs e2e __tests__ testdata benchmarks bench".split())
# A rule with exceptions has fewer of them than chance would make, by at least this factor.
_FEWER = 2.0
_NO_STEPS = frozenset("migrations migration migrate env environment constants const consts seeds main index".split())
# Folders that a framework's generator makes, each with its place: that they keep it is no decision of the project.
_LAYOUTS = (
    frozenset("models controllers views helpers jobs mailers channels concerns mailboxes serializers policies".split()),
    frozenset(
        "models http controllers console providers jobs events listeners mail notifications policies exceptions rules view".split()
    ),
    frozenset("controllers views live plugs templates components channels router endpoint layouts".split()),
    frozenset("models views urls admin apps forms migrations serializers templatetags".split()),
    frozenset(
        "controller controllers service services repository repositories entity entities dto model models".split()
    ),
    frozenset("pages app components layouts middleware public styles hooks".split()),
)
_TRANSLATIONS = frozenset("gettext i18n i18next react-i18next next-i18next vue-i18n intl react-intl".split())


def has_stake(statement: Statement, terms: Collection[str]) -> bool:
    """Whether a boundary is worth stating to a reader unasked; ``terms`` are the labels of what moves its confidence.

    It could matter, chance would not do the same unless somebody speaks for it, and it is not one unit against all others.
    """
    if statement.form in _ROWS and len(without_facades(statement.forbidden)) > _MAX_AGAINST:
        return False
    likely = statement.chance > _MAX_CHANCE and not _MEANING_IT.intersection(terms)
    return not likely and could_matter(statement, terms)


def could_matter(statement: Statement, terms: Collection[str]) -> bool:
    """Whether somebody could have broken a boundary and there is a reason to think that somebody minds."""
    spoken = bool(_MEANING_IT.intersection(terms))
    if statement.unseen or statement.unlisted:
        return False  # no more than imports are missing
    if statement.observed > _CROSSED or not (statement.branch or spoken or statement.form is Form.SIBLINGS):
        return False
    could = statement.expected >= (_EXPECTED_SPOKEN if spoken else _EXPECTED)
    match statement.form:
        case Form.PRIVATE:
            return could and spoken
        case Form.VENDOR_FREE:
            return could and not _plain(statement.sources) and not any(is_called(end) for end in statement.sources)
        case Form.VENDOR_ONLY:
            vendor = statement.forbidden[0].module
            alike = any(named_alike(name_of(end), vendor) for end in statement.allowed)
            fenced = spoken or (not alike and any(_at_an_edge(end) for end in statement.allowed))
            return statement.expected >= _EXPECTED_SPOKEN and len(statement.importers) >= _IMPORTERS and fenced
        case Form.SIBLINGS:
            framework = any(word in statement.role.lower() for word in _FRAMEWORK)
            grouped = bool(statement.role) and not framework and len(without_facades(statement.sources)) >= _SIBLINGS
            return could and not statement.observed and (grouped or bool({"gate", "document"}.intersection(terms)))
        case Form.STACK:
            return could and not statement.observed and _is_said_aloud(statement)
        case Form.TOP:
            tops = without_facades(statement.forbidden)
            return (
                could and not any(is_called(end) for end in tops) and (spoken or any(_at_an_edge(end) for end in tops))
            )
        case Form.COLUMN:
            used = len(statement.importers) >= _IMPORTERS
            aside = any(name_of(end).lower().strip("_") in _ASIDE for end in statement.forbidden)
            places = without_facades(statement.allowed)
            return could and used and not aside and not all(_starts(end) or is_root(end) for end in places)
        case _:
            started = all(name_of(end).lower() in _NOBODYS for end in without_facades(statement.forbidden))
            met = statement.reverse >= _TRAFFIC and not started
            return could and (spoken or (met and not _plain(statement.sources)))


def is_laid_out(statement: Statement) -> bool:
    """Whether nobody decided it: a framework laid it out so, the manifests do, or there is no silence but for the imports.

    An application of a framework knows nothing of its web part, its models no controllers. What is loaded by name, or comes through an
    index, is used all the same; and where nearly as many imports cross as chance would make, nothing is kept apart.
    """
    if statement.unseen or statement.unlisted or statement.expected < _FEWER * statement.observed:
        return True
    outside = {name_of(end).lower() for end in without_facades(statement.forbidden)}
    inside = {name_of(end).lower() for end in without_facades(statement.sources)}
    if outside & _TESTS:
        return True  # nobody imports tests
    if outside <= _TRANSLATIONS or outside <= {f"{name}{_BESIDE}" for name in inside}:
        return True
    if side_of(inside) * side_of(outside) < 0:
        return True  # two programs, which meet over the wire
    kept = any(inside <= layout and len(outside & layout) * 2 > len(outside) for layout in _LAYOUTS)
    return kept and not statement.observed


def is_called(end: End) -> bool:
    """Whether an end is started, or called by a framework or by its name, so that nobody has to import it."""
    name = name_of(end)
    height = role_height(name)
    return name.lower() in _CALLED or (height is not None and height >= _DOOR)


def name_of(end: End) -> str:
    """Return the name of an end's folder or module, without its ending."""
    return (end.path or end.module).rstrip("/").rpartition("/")[2].partition(".")[0]


def is_root(end: End) -> bool:
    """Whether an end puts the program together, so that it imports what nobody else does: providers, containers, the start-up."""
    file = (end.path or "").rpartition("/")[2].lower()
    return name_of(end).lower().replace("_", "").replace("-", "") in _ROOTS or file.endswith(_REGISTERING)


def _is_said_aloud(statement: Statement) -> bool:
    """Whether a ladder has few enough steps to be told, and none that every program has."""
    units = [path for layer in statement.layers for path in layer]
    names = {path.rstrip("/").rpartition("/")[2].partition(".")[0].lower() for path in units}
    return len(statement.layers) <= _MAX_STEPS and not names & (_PLAIN | _NO_STEPS)


def _starts(end: End) -> bool:
    """A single module that is started, such as the server's main file: what it imports, it registers."""
    return is_called(end) and not (end.path or "").endswith("/")


def _plain(ends: Sequence[End]) -> bool:
    """Whether all names say that a unit knows little."""
    names = [name_of(end) for end in without_facades(ends)]
    heights = [role_height(name) for name in names]
    return all(
        name.lower() in _PLAIN or (height is not None and height <= _GROUND)
        for name, height in zip(names, heights, strict=True)
    )


def _at_an_edge(end: End) -> bool:
    return any(is_edge(part.partition(".")[0]) for part in (end.path or "").rstrip("/").split("/"))
