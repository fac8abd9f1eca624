"""The way to a language model: a gateway protocol with its adapters, and the door that every request has to pass."""
