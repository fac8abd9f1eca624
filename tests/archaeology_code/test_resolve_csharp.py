"""C#: `using` reaches the files whose types are named; what a whole project or build uses reaches every file."""

from __future__ import annotations

from fixtures.import_trees import external, internal, resolve


class TestCSharp:
    def test_using_reaches_the_files_whose_types_are_used(self) -> None:
        graph = resolve({
            "Pay.cs": "using System.Linq;\nusing Shop.Model;\nusing Shop.Util;\nusing Microsoft.Extensions.Logging;\nusing Stripe;\n"
            "namespace Shop.Web { class Pay : OrderBase { void F() { new Money(1); } } }",
            "Model/Money.cs": "namespace Shop.Model;\npublic class Money {}",
            "Model/OrderBase.cs": "namespace Shop.Model;\npublic class OrderBase {}",
            "Model/Unused.cs": "namespace Shop.Model;\npublic class Unused {}",
            "Util/Text.cs": "namespace Shop.Util;\npublic class Text {}",
        })  # fmt: skip
        assert internal(graph) == {
            ("Pay.cs", "Model/Money.cs"),
            ("Pay.cs", "Model/OrderBase.cs"),
            ("Pay.cs", "Util/Text.cs"),
        }
        assert external(graph) == {"Microsoft.Extensions", "Stripe"}
        assert external(graph, stdlib=True) == {"System"}

    def test_only_a_type_that_is_named_tells_which_folder_of_a_namespace_is_meant(self) -> None:
        graph = resolve({
            "Common/Job.cs": "using Shop.Server;\nnamespace Shop.Common { class Job { List<IFilter> filters; } }",
            "Common/Text.cs": 'using Shop.Server;\nnamespace Shop.Common {\n/// <see cref="Worker"/>\nclass Text { string s = "Worker"; } }',
            "Common/Call.cs": "using Shop.Server;\nnamespace Shop.Common { class Call { void F(Job j) { j.Enqueue(); } } }",
            "Dashboard/Page.cs": "namespace Shop.Server { class Page {} }",
            "Server/IFilter.cs": "namespace Shop.Server { interface IFilter {} }",
            "Server/Worker.cs": "namespace Shop.Server { class Worker {} }",
            "Server/More.cs": "namespace Shop.Server { static class WorkerExtensions { public static void Enqueue(this object o) {} } }",
        })  # fmt: skip
        assert internal(graph) == {
            ("Common/Job.cs", "Server/IFilter.cs"),
            ("Common/Call.cs", "Server/More.cs"),
        }
        assert graph.unresolved == 1  # the directive that serves documentation only

    def test_types_around_and_types_named_by_the_end_of_their_namespace_need_no_directive(self) -> None:
        graph = resolve({
            "Processing/Loop.cs": "namespace Shop.Processing;\nclass Loop {\n  void F() { Server.Worker.Run(); Clock c; }\n}",
            "Processing/Other.cs": "namespace Shop.Processing;\nclass Other { Loop l; int Clocks; void G() { this.Worker(); } }",
            "Server/Worker.cs": "namespace Shop.Server;\nclass Worker {}",
            "Core/Clock.cs": "namespace Shop;\nclass Clock {}",
        })  # fmt: skip
        assert internal(graph) == {
            ("Processing/Loop.cs", "Server/Worker.cs"),
            ("Processing/Loop.cs", "Core/Clock.cs"),
        }
        assert {edge.line for edge in graph.edges if edge.target} == {3}

    def test_what_a_whole_project_uses_reaches_every_file_that_mentions_its_types(self) -> None:
        graph = resolve({
            "src/Shop/Shop.csproj": "<Project/>",
            "src/Shop/GlobalUsings.cs": "global using System.Text;\nglobal using Shop.Events;\nglobal using Stripe;",
            "src/Shop/Core/Sink.cs": 'namespace Shop.Core;\n// not a Money\nclass Sink {\n  void Emit(LogEvent e) { Write("Level"); }\n}',
            "src/Shop/Core/Quiet.cs": "namespace Shop.Core;\nclass Quiet { Level.Value x; class Money {} }",
            "src/Shop/Core/Level.cs": "namespace Shop.Core;\nclass Level {}",
            "src/Shop/Events/LogEvent.cs": "namespace Shop.Events;\npublic class LogEvent { Money m; }",
            "src/Shop/Events/Money.cs": "namespace Shop.Events;\npublic class Money {}",
            "src/Shop/Events/Level.cs": "namespace Shop.Events;\npublic enum Level {}",
            "src/Other/Other.csproj": "<Project/>",
            "src/Other/Sink.cs": "namespace Other;\nclass Sink { LogEvent e; }",
        })  # fmt: skip
        assert internal(graph) == {("src/Shop/Core/Sink.cs", "src/Shop/Events/LogEvent.cs")}
        assert [edge.line for edge in graph.edges if edge.target] == [4]
        assert external(graph) == {"Stripe"}

    def test_what_the_build_makes_all_projects_below_use(self) -> None:
        graph = resolve({
            "Directory.Build.targets": '<Project><ItemGroup><Using Include="Shop.Retry" /></ItemGroup></Project>',
            "src/Shop/Shop.csproj": '<Project><Using Include="Shop.Cache" Alias="C"/><Using Remove="Shop.Bulk" /></Project>',
            "src/Shop/Pay.cs": "namespace Shop.Web;\nclass Pay { Policy p;\n Store s; Limit l; }",
            "src/Shop/Policy.cs": "namespace Shop.Retry;\nclass Policy {}",
            "src/Shop/Store.cs": "namespace Shop.Cache;\nclass Store {}",
            "src/Shop/Limit.cs": "namespace Shop.Bulk;\nclass Limit {}",
        })  # fmt: skip
        assert internal(graph) == {("src/Shop/Pay.cs", "src/Shop/Policy.cs"), ("src/Shop/Pay.cs", "src/Shop/Store.cs")}
