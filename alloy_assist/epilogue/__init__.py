"""The adapter to Epilogue."""
