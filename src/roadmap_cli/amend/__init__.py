"""What a command that keeps a plan up to date changes: a plan, the places meant and the words → edits; pure.

One file a deed: marking done (`marks`), putting off (`moves`), calling off and handing over (`rows`).
"""
