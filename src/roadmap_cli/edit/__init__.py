"""The only writer of plan files: exactly the wanted lines change, or nothing does and the reason is told.

A plan is edited by splicing its text at the marks of its nodes; the new text is read again and compared with the old
one, and takes the file's place in one step, under a lock. Comments, quotes, indents, line breaks, the encoding and the
byte order mark stay as they are. A symbolic link stays a link to the edited file; of several hard links only the named
one sees the edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap_cli.edit.values import Change, Edit, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from roadmap_cli.calendar import Calendar
    from roadmap_cli.edit.page import Patch
    from roadmap_cli.model import Finding, Plan

_CONTEXT = 3  # lines around a change in a diff
_LONG = 2_000  # lines between the first change and the last, from which frequent ones do not count

__all__ = ["Change", "Edit", "Refused", "diff", "edit_plan", "edited", "rewrite_plan"]


def edited(text: str, path: str, edits: Sequence[Edit]) -> str:
    """The text of a plan with the edits made, later ones above earlier ones; raises Refused.

    IndexError and ValueError are for a place or a key that a plan cannot have.
    """
    from roadmap_cli.edit.compare import is_as_wanted, new_finding, reading
    from roadmap_cli.edit.page import Page, patched
    from roadmap_cli.edit.splice import patches
    from roadmap_cli.edit.tree import hold_off, repeated, target
    from roadmap_cli.edit.values import Obstacle, refused

    body = text.lstrip("\ufeff")
    before = after = reading(body, path)
    if before.root is None or before.plan is None:
        raise _unread(before.findings, path)
    last, shared = {}, repeated(before.root)
    for edit in edits:
        place = target(before.root, edit)
        try:
            hold_off(place, body, shared, before.findings)
        except Obstacle as obstacle:
            raise refused(path, obstacle, edit) from None
        last[id(place.node), place.key] = edit
    waiting: dict[int, list[Edit]] = {}
    for edit in last.values():
        waiting.setdefault(edit.activity, []).append(edit)
    now = body
    while waiting:
        # The first edits of all activities at once: activities do not overlap.
        if after.root is None or after.plan is None or len(after.plan.activities) != len(before.plan.activities):
            raise _torn(path)
        page = Page.of(now, after.root)
        pieces: list[Patch] = []
        for queue in waiting.values():
            edit = queue.pop(0)
            try:
                pieces += patches(page, target(after.root, edit), edit.value)
            except Obstacle as obstacle:
                raise refused(path, obstacle, edit) from None
        waiting = {number: queue for number, queue in waiting.items() if queue}
        if pieces:
            now = patched(now, pieces)
            after = reading(now, path)
    if now == body:
        return text
    trouble = new_finding(before.findings, after.findings)
    if after.plan is not None and trouble is not None:
        raise _harmful(path, trouble)
    if not is_as_wanted(before, after, last.values()):
        raise _torn(path)
    return text[: len(text) - len(body)] + now


def edit_plan(
    path: str,
    wanted: Callable[[Plan], Sequence[Edit]],
    *,
    calendar: Calendar | None = None,
    dry_run: bool = False,
    expected: bytes | None = None,
) -> Change:
    """Reads the plan under its lock, asks `wanted` for the edits and writes them; raises Refused or RoadmapError.

    With `expected`, the bytes that the caller saw, a file that differs from them is refused. A dry run takes no lock
    and writes nothing.
    """
    from roadmap_cli.edit.disk import changed, encoded, held, read_only
    from roadmap_cli.loader import build
    from roadmap_cli.source import parse

    with (read_only if dry_run else held)(path) as file:
        if expected is not None and file.data != expected:
            raise changed(path)
        source = parse(file.data, path)
        loaded = build(source.root, path, calendar)
        if loaded.plan is None:
            raise _unread((*source.findings, *loaded.findings), path)
        new = edited(source.text, path, wanted(loaded.plan))
        if new != source.text and not dry_run:
            file.replace(encoded(new, source.text, file.data, path))
    return Change(path, source.text, new)


def rewrite_plan(path: str, wanted: Callable[[str], str], *, dry_run: bool = False) -> Change:
    """Reads the plan under its lock, asks `wanted` for its whole new text and writes it; raises what `wanted` raises.

    The encoding and the byte order mark stay. A dry run takes no lock and writes nothing.
    """
    from roadmap_cli.edit.disk import encoded, held, read_only
    from roadmap_cli.source import parse

    with (read_only if dry_run else held)(path) as file:
        text = parse(file.data, path).text
        new = wanted(text)
        if new != text and not dry_run:
            file.replace(encoded(new, text, file.data, path))
    return Change(path, text, new)


def diff(change: Change) -> str:
    """The change as a unified diff that is safe to show anywhere; empty when there is none."""
    from roadmap_cli.syntax import lines
    from roadmap_cli.text import visible

    name = change.path.replace("\\", "/").removeprefix("./").lstrip("/")
    old, new = (_marked(lines(text)) for text in (change.before, change.after))
    shown: list[str] = []
    for line in _unified(old, new, name):
        shown.append(" ".join(map(visible, line.removesuffix("\n").split(" "))))
        if line.endswith("\n"):
            shown.append("\\ в конце файла нет перевода строки")
    return "".join(f"{line}\n" for line in shown)


def _unified(old: list[str], new: list[str], name: str) -> Iterator[str]:
    """The lines of a unified diff.

    `difflib.unified_diff` takes lines that are frequent in a long plan for changed; here only what lies between the
    first change and the last is compared, so that all of its lines can count.
    """
    from difflib import SequenceMatcher

    same = _alike(old, new)
    behind = _alike(old[same:][::-1], new[same:][::-1])
    lead = max(same - _CONTEXT, 0)
    old, new = (lines[lead : len(lines) - max(behind - _CONTEXT, 0)] for lines in (old, new))
    matcher = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > _LONG)
    for number, group in enumerate(matcher.get_grouped_opcodes(_CONTEXT)):
        if not number:
            yield from (f"--- a/{name}", f"+++ b/{name}")
        first, last = group[0], group[-1]
        yield f"@@ -{_range(lead + first[1], lead + last[2])} +{_range(lead + first[3], lead + last[4])} @@"
        for step, i, till, j, stop in group:
            if step == "equal":
                yield from (f" {line}" for line in old[i:till])
                continue
            yield from (f"-{line}" for line in old[i:till])
            yield from (f"+{line}" for line in new[j:stop])


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines are the same at the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _range(start: int, end: int) -> str:
    """Lines as a diff counts them: from 1, and where there are none the line before."""
    count = end - start
    return f"{start + bool(count)}" + ("" if count == 1 else f",{count}")


def _marked(lines: list[str]) -> list[str]:
    """Lines without the empty one behind the last break; a last line without a break is marked by one."""
    return lines[:-1] if not lines[-1] else [*lines[:-1], lines[-1] + "\n"]


def _unread(findings: Sequence[Finding], path: str) -> Refused:
    from roadmap_cli.text import visible

    first = next((f for f in findings if f.severity == "error"), None)
    where, why = (first.span.line, first.message) if first else (1, "план не прочитан")
    return Refused(f"«{visible(path)}», строка {where}: {why}; сначала исправьте это, потом повторите команду")


def _harmful(path: str, finding: Finding) -> Refused:
    from roadmap_cli.text import visible

    why = f"после правки план читался бы с замечанием ({finding.message})"
    return Refused(f"«{visible(path)}», строка {finding.span.line}: {why}; файл не изменён, впишите правку сами")


def _torn(path: str) -> Refused:
    from roadmap_cli.text import visible

    why = "план записан так, что правка задела бы и другие места"
    return Refused(f"«{visible(path)}»: {why}; файл не изменён, впишите правку сами")
