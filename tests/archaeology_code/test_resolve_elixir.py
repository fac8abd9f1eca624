"""Elixir: modules that are called or handed on by name, applications, and the language's own library."""

from __future__ import annotations

import pytest

from fixtures.import_trees import external, internal, resolve


class TestElixir:
    def test_modules_applications_and_own_library(self) -> None:
        graph = resolve({
            "mix.exs": 'defp deps do [{:phoenix_live_view, "~> 1"}, {:ecto, "~> 3"}] end',
            "lib/shop/pay.ex": "defmodule Shop.Pay do\n alias Shop.{Model, Money}\n use Phoenix.LiveView\n import Ecto.Query\n"
            " def f, do: Shop.Bank.call(Enum.map(x, y))\n def g, do: Shop.Gone.x()\nend",
            "lib/shop/model.ex": "defmodule Shop.Model do\nend", "lib/shop/money.ex": "defmodule Shop.Money do\nend",
            "lib/shop/bank.ex": "defmodule Shop.Bank do\nend",
        })  # fmt: skip
        assert internal(graph, "lib/shop/pay.ex") == {
            ("lib/shop/pay.ex", f"lib/shop/{name}.ex") for name in ("model", "money", "bank")
        }
        assert external(graph) == {"phoenix_live_view", "ecto"}
        assert external(graph, stdlib=True) == {"Enum"}
        assert graph.unresolved == 1

    @pytest.mark.parametrize(
        "code",
        [
            "defdelegate run(x), to: Shop.Jobs.One",
            "def f, do: [Shop.Jobs.One]",
            "def f, do: [{Shop.Jobs.One, name: :one}]",
            "def f, do: %{job: Shop.Jobs.One}",
            "def f(x), do: %{x | job: Shop.Jobs.One}",
            "def f, do: apply(Shop.Jobs.One, :run, [])",
            "def f(job \\\\ Shop.Jobs.One), do: job",
            "@job Shop.Jobs.One",
            "def f do\n Shop.Jobs.One\nend",
            "alias Shop.Jobs\n def f, do: [Jobs.One]",
        ],
    )
    def test_a_module_that_is_handed_on_by_its_full_name_is_imported(self, code: str) -> None:
        jobs = {f"lib/shop/jobs/{name.lower()}.ex": f"defmodule Shop.Jobs.{name} do\nend" for name in ("One", "Two")}
        graph = resolve({"lib/shop/pay.ex": f"defmodule Shop.Pay do\n {code}\nend", **jobs})
        assert internal(graph) == {("lib/shop/pay.ex", "lib/shop/jobs/one.ex")}

    def test_what_only_begins_a_name_or_is_one_word_is_not(self) -> None:
        graph = resolve({
            "lib/shop.ex": "defmodule Shop do\nend", "lib/shop/jobs.ex": "defmodule Shop.Jobs do\nend",
            "lib/shop/jobs/one.ex": "defmodule Shop.Jobs.One do\nend",
            "lib/shop/pay.ex": 'defmodule Shop.Pay do\n alias Shop.Jobs.{One}\n @moduledoc "See Shop.Jobs."\n'
            " def f, do: [{Registry, name: Shop}]\nend",
        })  # fmt: skip
        assert internal(graph) == {("lib/shop/pay.ex", "lib/shop/jobs/one.ex")}
