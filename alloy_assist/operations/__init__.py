"""What can be done with a project: the operations that both front doors call."""
