"""What a build's manifests let happen: that nobody imports what no manifest names is no news."""

from __future__ import annotations

import pytest

from archaeology.boundaries.builds import read_builds
from archaeology.boundaries.statement import Form
from archaeology.boundaries.study import study
from archaeology.facts import Facts, FileFacts
from fixtures import FactsBuilder

GRADLE = {
    "settings.gradle": 'include(":app", ":ui:widgets", ":core:model", ":core:net")',
    "app/build.gradle": 'dependencies { implementation(project(":ui:widgets")) }',
    "ui/widgets/build.gradle.kts": "dependencies { implementation(projects.core.model) }",
    "core/model/build.gradle": "",
    "core/net/build.gradle": "dependencies { api project(path: ':core:model') }",
}
DOTNET = {
    "src/App/App.csproj": '<Project><ProjectReference Include="..\\Core\\Core.csproj" /></Project>',
    "src/Core/Core.csproj": "<Project/>",
}
CARGO = {
    "app/Cargo.toml": '[package]\nname = "my-app"\n[dependencies]\nmy-core = { path = "../core" }\n',
    "core/Cargo.toml": '[package]\nname = "my-core"\n[dependencies]\nserde = "1"\n',
    "tool/Cargo.toml": '[package]\nname = "tool"\n[dependencies]\nmy_core.workspace = true\n',
}
MAVEN = {
    "pom.xml": "<project><artifactId>all</artifactId></project>",
    "web/pom.xml": "<project><parent><artifactId>all</artifactId></parent><artifactId>web</artifactId>"
    "<dependency><artifactId>store</artifactId></dependency></project>",
    "store/pom.xml": "<project><parent><artifactId>all</artifactId></parent><artifactId>store</artifactId></project>",
}
UMBRELLA = {
    "apps/web/mix.exs": "def project, do: [app: :web]\n{:store, in_umbrella: true}",
    "apps/store/mix.exs": "def project, do: [app: :store]",
}


def facts_of(tree: dict[str, str]) -> Facts:
    builder = FactsBuilder()
    for path, text in tree.items():
        builder.file(path, text)
    return builder.build()


@pytest.mark.parametrize(
    ("tree", "source", "target", "refused"),
    [
        (GRADLE, "app/", "core/model/", False),  # by way of the widgets
        (GRADLE, "core/model/", "ui/widgets/", True),
        (GRADLE, "ui/widgets/", "core/net/", True),
        (GRADLE, "core/net/", "core/model/", False),
        ({f"android/{path}": text for path, text in GRADLE.items()}, "android/app/", "android/core/model/", False),
        (DOTNET, "src/App/", "src/Core/", False),
        (DOTNET, "src/Core/", "src/App/", True),
        (CARGO, "app/", "core/", False),
        (CARGO, "tool/", "core/", False),
        (CARGO, "core/", "app/", True),
        (MAVEN, "web/", "store/", False),
        (MAVEN, "store/", "web/", True),
        (UMBRELLA, "apps/web/", "apps/store/", False),
        (UMBRELLA, "apps/store/", "apps/web/", True),
    ],
)
def test_a_project_reaches_what_it_names_and_what_that_names(
    tree: dict[str, str], source: str, target: str, *, refused: bool
) -> None:
    builds = read_builds(facts_of(tree))
    assert builds.of(f"{source}src/Main.x") == source
    assert builds.refuses(source, target) == refused


def test_a_manifest_that_an_import_belies_refuses_nothing() -> None:
    builds = read_builds(facts_of(GRADLE))
    believed = builds.believing([("core/model/A.kt", "ui/widgets/B.kt")])
    assert not believed.refuses("core/model/", "ui/widgets/")
    assert believed.refuses("ui/widgets/", "core/net/")
    assert not builds.refuses(None, "core/net/")
    assert not builds.refuses("app/", "app/")


def test_odd_manifests_are_read_as_far_as_they_go() -> None:
    tree = {
        "a/pom.xml": "<<<",
        "b/Cargo.toml": "\x00= [",
        "c/x.csproj": '<ProjectReference Include="../../../../z.csproj"/>',
    }
    builds = read_builds(facts_of(tree))
    assert builds.projects == {"a/", "b/", "c/"}
    assert builds.refuses("c/", "a/")


def test_what_no_manifest_lets_happen_is_not_told() -> None:
    """Folders of several modules each, so that the folders themselves are no projects."""

    def told(named: str) -> list[Form]:
        builder = FactsBuilder()
        for at, folder in enumerate(("low", "middle", "high")):
            for part in ("one", "two"):
                below = [
                    f"project(':{other}:{half}')" for other in ("low", "middle", "high")[:at] for half in ("one", "two")
                ]
                builder.file(f"{folder}/{part}/{named}", "\n".join(below))
                for number in range(3):
                    path = f"{folder}/{part}/M{number}.kt"
                    builder.module(path, code=FileFacts(language="kotlin", package=f"{folder}.{part}"))
                    for other in ("low", "middle", "high")[:at]:
                        builder.edge(path, f"{other}/{part}/M0.kt")
        return [one.form for one in study(builder.build())[1] if not one.container]

    assert Form.GROUND in told("notes.txt")
    assert told("build.gradle") == [Form.STACK]  # one statement of the whole
