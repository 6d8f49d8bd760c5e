"""`python -m roadmap_cli` is the same as `roadmap`."""

from roadmap_cli.cli import main

main()
