"""What the names of external packages say: which are everybody's, which are there for the web's doors, which are of one trade."""

from __future__ import annotations

import re
from functools import lru_cache

from archaeology.boundaries.roles import named_alike, role_height

_DOOR = 0.8
# Command lines, logging and tests: a unit that does without says nothing by it.
_EVERYBODYS = frozenset(
    """
    cobra pflag viper clap structopt click typer argparse commander yargs rstest tracing logrus zap zerolog slog log4j logback slf4j nlog
    serilog winston pino loguru structlog chalk debug lodash underscore ramda rxjs anyhow thiserror lazystatic annotations annotation
    inject dagger hilt lombok color colors colorama ansi isatty kleur picocolors ora spinner progressbar tqdm pterm tablewriter
    """.split()
)
# What reads command lines, settings and the environment, and where a program does so.
_STARTING = frozenset(
    """
    cobra pflag viper clap structopt click typer argparse argparse4j commander yargs yargs-parser options flags flag getopt getopts docopt kong urfave cli koanf
    envconfig dotenv configargparse picocli jcommander optparse thor optimist minimist meow
    """.split()
)
_STARTS = frozenset(
    "cmd main options option config configuration settings args arguments parser bin flags program programs apps".split()
)
_WEB = frozenset(
    """
    express koa fastify hapi hono nestjs flask fastapi starlette django aiohttp tornado sanic bottle gin echo fiber chi mux gorilla
    httprouter actix axum rocket warp sinatra rack servlet aspnetcore springframework ktor javalin slim phoenix plug cowboy bandit
    """.split()
)
_STORES = frozenset(
    """
    sqlalchemy sqlmodel alembic psycopg psycopg2 asyncpg aiosqlite peewee pymysql sqlite3 sqlite redis pymongo motor mongoengine mongoose
    sequelize typeorm prisma knex mysql mysql2 gorm sqlx pgx diesel hibernate jooq room dapper entityframeworkcore npgsql doctrine sql
    eloquent ecto postgrex activerecord sequel
    """.split()
)
_TRADES = (_WEB | {"framework"}, _STORES)
_DOORS = frozenset(
    "server servers middleware middlewares router routing request requests response responses context web".split()
)
_WORDS = re.compile(r"[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+(?![a-z])")
# Parts of names that say nothing of what a package is about.
_HOSTS = frozenset(
    "com org net io dev github gitlab gopkg in golang x www v2 v3 v4 v5 js node py go rs sdk lib".split()
)
_SHORTEST = 3
# What a workspace only gives a version to, nobody asks for yet.
_CATALOGUE = re.compile(
    r"^\[workspace\.dependencies\].*?(?=^\[|\Z)|<dependencyManagement>.*?</dependencyManagement>",
    re.DOTALL | re.MULTILINE,
)
_COMMON = frozenset(
    "core client common server extensions abstractions framework microsoft system google apache runtime tools".split()
)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a package's name or of a manifest, in lower case, also those that capitals divide."""
    whole = {word.lower() for word in re.findall(r"[A-Za-z0-9]+", text)}
    parts = {word.lower() for word in _WORDS.findall(text)}
    return frozenset(word for word in whole | parts if len(word) >= _SHORTEST and word not in _HOSTS)


def is_everybodys(vendor: str) -> bool:
    """Whether a package is for logging, command lines and the like, of which a unit deep inside would never think."""
    return bool(words_of(vendor) & _EVERYBODYS)


def is_for_starting(vendor: str, place: str) -> bool:
    """Whether a package for command lines or settings is imported where a program reads them."""
    last = place.rstrip("/").rsplit("/", 1)[-1].partition(".")[0]
    return bool(words_of(vendor) & _STARTING) and bool((words_of(last) | {last.lower()}) & _STARTS)


def is_web_habit(vendor: str, place: str) -> bool:
    """Whether a web framework is imported where programs have their doors: routes, controllers, handlers, the server."""
    if not words_of(vendor) & _WEB:
        return False
    parts = [part.partition(".")[0] for part in place.rstrip("/").split("/")]
    heights = [role_height(part) for part in parts]
    return any(height is not None and height >= _DOOR for height in heights) or bool(
        _DOORS.intersection(word for part in parts for word in words_of(part))
    )


def is_made_for(vendor: str, place: str) -> bool:
    """Whether a place bears the package's name, so that it is there for nothing else."""
    own = {word for word in words_of(vendor) if len(word) > _SHORTEST} - _COMMON
    return any(
        named_alike(part.partition(".")[0], vendor) or len(own & words_of(part)) > 1
        for part in place.rstrip("/").split("/")[-2:]
    )


def is_named_in(vendor: str, manifest: str) -> bool:
    """Whether a manifest asks for a package: by its name, or by the last part of it, as version catalogues do."""
    text, name = _asked_for(manifest), vendor.lower().replace("_", "-")
    last = re.split(r"[^a-z0-9-]+", name)[-1]
    known = [name, *([last] if len(last) > _SHORTEST and last not in _COMMON else [])]
    if not any(one in text for one in known):
        return False  # most are not, and an expression for each costs more than everything else
    either = "|".join(map(re.escape, known))
    return re.search(rf"(?<![a-z0-9-])(?:{either})(?![a-z0-9-])", text) is not None


def of_one_trade(one: str, other: str) -> bool:
    """Whether two packages come from one house, or are both for the web or both for stores: a person would name them in one breath."""
    if one == other or _house(one) == _house(other):
        return True
    return any(words_of(one) & trade and words_of(other) & trade for trade in _TRADES)


@lru_cache(maxsize=128)
def _asked_for(manifest: str) -> str:
    """What a manifest asks for, in small letters: the same few are read for each package."""
    return _CATALOGUE.sub("", manifest).lower().replace("_", "-")


def _house(vendor: str) -> str:
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", vendor.lower()) if part not in _HOSTS]
    return parts[0] if parts else vendor
