"""C#: a type of the same name in a project that is not referred to is not meant."""

from __future__ import annotations

import pytest

from archaeology.facts import Definition, File, FileFacts
from archaeology.imports import resolve_imports

REFERS = '<Project><ItemGroup><ProjectReference Include="..\\Core\\Core.csproj" /></ItemGroup></Project>'
ALONE = "<Project />"


def reached(manifest: str, *, shared: str = "", between: str | None = None) -> bool:
    """Whether ``Web`` is seen to use a type of ``Core``, which lies in the same namespace."""
    texts = {
        "Web/Web.csproj": manifest,
        "Web/Page.cs": "namespace Shop; class Page { Order order; }",
        "Core/Core.csproj": ALONE,
        "Core/Order.cs": "namespace Shop; class Order { }",
        "Directory.Build.props": shared,
    }
    if between is not None:
        texts["Middle/Middle.csproj"] = between
    code = {
        path: FileFacts("csharp", 1, package="Shop", definitions=(Definition(name, "class", "public", 1, 1),))
        for path, name in (("Web/Page.cs", "Page"), ("Core/Order.cs", "Order"))
    }
    files = {path: File(path, path, len(text), None) for path, text in texts.items()}
    edges = resolve_imports(files, code, texts.get).edges
    return [(edge.source, edge.target) for edge in edges] == [("Web/Page.cs", "Core/Order.cs")]


@pytest.mark.parametrize(
    ("manifest", "seen"),
    [
        (REFERS, True),
        (ALONE, False),
        (REFERS.replace("Core\\Core", "Else\\Else"), False),
        ('<Project><ProjectReference Include="$(Root)\\Any.csproj" /></Project>', True),  # nobody knows
        ('<Project><Compile Include="..\\Core\\Order.cs" /></Project>', True),  # linked in
    ],
)
def test_what_a_project_does_not_refer_to_is_not_meant(manifest: str, *, seen: bool) -> None:
    assert reached(manifest) == seen


def test_references_are_followed() -> None:
    through = '<Project><ProjectReference Include="../Middle/Middle.csproj" /></Project>'
    assert reached(through, between=REFERS)
    assert not reached(through, between=ALONE)


def test_what_all_projects_refer_to_is_not_known_of_one() -> None:
    assert reached(ALONE, shared=REFERS)
