"""What reading a repository costs, as ratios to raw git, to parsing alone and to other tools: ``python -m bench.performance``."""
