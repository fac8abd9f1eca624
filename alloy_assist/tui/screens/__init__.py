"""One module a screen; they show what they are given and ask the services for everything else."""
