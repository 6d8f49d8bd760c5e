"""The program's door: `roadmap` and `python -m roadmap_cli`."""

import gc

# A short run makes little garbage: collecting it while the modules load costs four per cent of the whole.
gc.set_threshold(50_000)

from roadmap_cli.cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main()
