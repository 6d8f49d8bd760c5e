"""The exit codes of DESIGN §8; 0 is clean."""

EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_UNDELIVERED = 3
EXIT_INTERRUPTED = 130
COMPLETE_VAR = "_ROADMAP_COMPLETE"
"""The variable by which a shell asks for completions."""
