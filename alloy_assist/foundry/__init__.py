"""The adapter to Foundry, which carries out execution requests."""
