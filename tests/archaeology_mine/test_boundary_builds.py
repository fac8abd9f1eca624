"""What a build's manifests let happen: that nobody imports what no manifest names is no news."""

from __future__ import annotations

import pytest

from archaeology.boundaries.builds import read_builds
from archaeology.boundaries.statement import Form
from archaeology.boundaries.study import study
from archaeology.detectors.boundaries import detect_boundaries
from archaeology.facts import Facts, FileFacts, Rule
from archaeology.hypotheses.boundaries import propose_boundaries
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
    believed = builds.believing(["core/model/", "ui/widgets/"], [(0, 1)])
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


def modules(named: str) -> FactsBuilder:
    """Three folders of two modules each, so that the folders themselves are no projects; each reaches those below it."""
    builder = FactsBuilder()
    folders = ("low", "middle", "high")
    for at, folder in enumerate(folders):
        for part in ("one", "two"):
            below = [f"project(':{other}:{half}')" for other in folders[:at] for half in ("one", "two")]
            builder.file(f"{folder}/{part}/{named}", "\n".join(below))
            for number in range(3):
                path = f"{folder}/{part}/M{number}.kt"
                builder.module(path, "import x\n", code=FileFacts(language="kotlin", package=f"{folder}.{part}"))
                for other in folders[:at]:
                    builder.edge(path, f"{other}/{part}/M0.kt")
    return builder


def test_what_no_manifest_lets_happen_is_told_once_and_as_enforced() -> None:
    def forms(named: str) -> set[tuple[Form, bool]]:
        return {(one.form, one.enforced) for one in study(modules(named).build())[1] if not one.container}

    assert (Form.GROUND, False) in forms("notes.txt")
    assert forms("build.gradle") == {(Form.STACK, False), (Form.ROW, True)}


def test_what_is_enforced_is_proposed_only_where_somebody_lays_it_down() -> None:
    def proposed(*, ruled: bool) -> list[str]:
        builder = modules("build.gradle")
        text = "The low modules must never depend on the high modules."
        builder.file("README.md", text)
        if ruled:
            builder.rule(Rule(text, "README.md", 1, 1, "must_not"))
        facts = builder.build()
        return [one.title for one in propose_boundaries(facts, list(detect_boundaries(facts)))]

    assert "`low` never imports what is built on it: `high` or `middle`." in proposed(ruled=True)
    assert proposed(ruled=False) == []
