"""Go: packages of the module's own, and the requirement that an import belongs to."""

from __future__ import annotations

from fixtures.import_trees import external, internal, resolve


class TestGo:
    def test_modules_packages_and_requirements(self) -> None:
        graph = resolve({
            "go.mod": "module example.com/shop\n\nrequire (\n\tgithub.com/stripe/stripe-go/v72 v72.1.0 // indirect\n)\nrequire go.uber.org/zap v1.0.0\n",
            "main.go": 'package main\nimport (\n"fmt"\n"net/http"\n"example.com/shop/internal/pay"\n"github.com/stripe/stripe-go/v72/charge"\n"go.uber.org/zap/zapcore"\n)\n',
            "internal/pay/a_test.go": "package pay\n", "internal/pay/pay.go": 'package pay\nimport "example.com/shop/gone"\n',
            "tools/go.mod": "module example.com/shop/tools\n", "tools/gen/gen.go": 'package gen\nimport "example.com/shop/internal/pay"\n',
        })  # fmt: skip
        assert internal(graph) == {("main.go", "internal/pay/pay.go"), ("tools/gen/gen.go", "internal/pay/pay.go")}
        assert external(graph) == {"github.com/stripe/stripe-go/v72", "go.uber.org/zap"}
        assert external(graph, stdlib=True) == {"fmt", "net/http"}
        assert graph.unresolved == 1
        assert graph.modules["internal/pay/pay.go"] == "example.com/shop/internal/pay"

    def test_without_a_requirement_the_host_decides(self) -> None:
        graph = resolve({"a.go": 'package a\nimport (\n"github.com/x/y/z"\n"k8s.io/api/core/v1"\n)\n'})
        assert external(graph) == {"github.com/x/y", "k8s.io/api"}
