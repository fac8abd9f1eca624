"""Whose a package of Java or Kotlin is: ours, the platform's, or somebody's by as many parts of its name as tell.

A name begins with the domain of its owner, and where that is a host of thousands (``com.github.owner.project``) the owner comes after it.
What a build generates lies in packages of ours (``R``, ``BuildConfig``, ``databinding``). A library of the same owner does not: the
manifests ask for it by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from archaeology.facts import Flag
from archaeology.imports.project import Project

_PLATFORM = ("java.", "jdk.", "sun.", "com.sun.", "org.w3c.dom", "org.xml.sax", "kotlin.", "javax.crypto", "javax.net", "javax.swing",
             "javax.sql", "javax.xml.parsers", "javax.xml.transform", "javax.management", "javax.naming", "javax.security",
             "javax.script", "javax.imageio", "javax.sound", "javax.print", "javax.tools", "javax.lang", "javax.annotation.processing")  # fmt: skip
# Below the platform's names, and yet other people's.
_NOT_PLATFORM = ("com.sun.jna", "com.sun.mail", "com.sun.xml.bind", "com.sun.jersey")
# Owners of so many libraries that two parts of a name say too little; behind hosts of code stand owner and project.
_SHARED = frozenset(
    """
    com.google com.google.android org.apache org.apache.commons com.fasterxml com.amazonaws com.squareup org.eclipse androidx.compose
    org.jetbrains software.amazon net.sourceforge org.codehaus com.googlecode com.android com.microsoft com.facebook com.netflix
    org.jboss org.glassfish io.netty.incubator com.sun com.typesafe org.sonatype
    """.split()
)
_HOSTS = frozenset("com.github io.github com.gitlab io.gitlab org.bitbucket com.bitbucket".split())
# First parts that say nothing about whose the package is.
_DOMAINS = frozenset(
    "com org net dev app edu gov info tech cloud jakarta javax android androidx kotlinx software xyz biz".split()
)
_COUNTRY = 2
_MANIFESTS = ("build.gradle", "build.gradle.kts", "libs.versions.toml", "pom.xml", "build.sbt")
_GENERATED = frozenset({"R", "BuildConfig", "databinding", "generated", "resources", "BR", "Manifest"})
# Who declares a few classes in somebody's package patches or extends that; a part of the files this large makes it ours.
_OURS = 0.05


def is_platform(module: str) -> bool:
    """Whether a package or class belongs to the Java or Kotlin platform."""
    return f"{module}.".startswith(_PLATFORM) and not module.startswith(_NOT_PLATFORM)


def owner(module: str) -> str:
    """Return the leading parts of a package that tell whose it is: ``org.springframework``, ``com.google.gson``, ``okio``."""
    parts = [part for part in module.split(".") if not part[:1].isupper()] or module.split(".")[:1]
    if parts[0] not in _DOMAINS and len(parts[0]) > _COUNTRY:
        return parts[0]
    length = 2
    while length < len(parts) and ".".join(parts[:length]) in _SHARED:
        length += 1
    return ".".join(parts[: length + 2 if ".".join(parts[:2]) in _HOSTS else length])


class Owners:
    """Tells which unresolved names are ours."""

    def __init__(self, project: Project, packages: Iterable[tuple[str, str]]) -> None:
        """``packages`` are the files, each with the package that it declares."""
        product = [
            (path, package) for path, package in packages if package and Flag.TEST not in project.files[path].flags
        ]
        counts = Counter(owner(package) for _, package in product)
        self._own = {name for name, count in counts.items() if count >= _OURS * len(product)}
        self._declared = {package for _, package in product}
        self._around = {
            package[:at] for package in self._declared for at, letter in enumerate(f"{package}.") if letter == "."
        }
        self._asked_for = frozenset(
            word
            for path in project.named(*_MANIFESTS)
            for word in re.findall(r"[a-z][a-z0-9]+", (project.read_text(path) or "").lower())
        )

    def external(self, module: str, *, is_package: bool = False) -> str | None:
        """Return the package from outside that a name belongs to, or None where it is ours, so that a build makes it."""
        name = owner(module)
        if name not in self._own:
            return name
        parts = module.split(".")
        if _GENERATED.intersection(parts):
            return None
        inside = parts if is_package else [part for part in parts[:-1] if not part[:1].isupper()]
        ours = next(
            (at for at in range(len(inside), 0, -1) if ".".join(inside[:at]) in self._around), len(name.split("."))
        )
        if ours >= len(inside) or inside[ours].lower() not in self._asked_for:
            return None
        return ".".join(inside[: ours + 1])
