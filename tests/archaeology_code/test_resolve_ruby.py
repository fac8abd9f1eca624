"""Ruby: what is required, and constants that are loaded by their name."""

from __future__ import annotations

from fixtures.import_trees import external, internal, resolve


class TestRuby:
    def test_requires_and_autoloaded_constants(self) -> None:
        graph = resolve({
            "Gemfile": "gem 'stripe'\ngem \"rspec-mocks\"\n",
            "app/models/billing/invoice.rb": "module Billing\n class Invoice < ApplicationRecord\n  def f; Money.new; Stripe::Charge.create; Tax::RATE; end\n end\nend\n",
            "app/models/billing/tax.rb": "module Billing\n class Tax; RATE = 1; end\nend\n",
            "app/models/application_record.rb": "class ApplicationRecord; end\n",
            "app/models/money.rb": "class Money; end\n",
            "lib/shop/http.rb": "require 'json'\nrequire 'shop/util'\nrequire_relative 'near'\nrequire 'rack'\nmodule Shop; class HTTP; end; end\n",
            "lib/shop/util.rb": "Shop::HTTP.get\n", "lib/shop/near.rb": "",
        })  # fmt: skip
        assert internal(graph) == {
            ("app/models/billing/invoice.rb", "app/models/application_record.rb"),
            ("app/models/billing/invoice.rb", "app/models/money.rb"),
            ("app/models/billing/invoice.rb", "app/models/billing/tax.rb"),
            ("lib/shop/http.rb", "lib/shop/util.rb"),
            ("lib/shop/http.rb", "lib/shop/near.rb"),
            ("lib/shop/util.rb", "lib/shop/http.rb"),
        }
        assert external(graph) == {"stripe", "rack"}
        assert external(graph, stdlib=True) == {"json"}
