"""Plans → items under keys that outlive an edit: no line numbers, and two rows with one number are told apart."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from typing import TYPE_CHECKING

from roadmap_cli.fingerprint import fingerprint
from roadmap_cli.links import Index, find_links
from roadmap_cli.remind import Item, Seen
from roadmap_cli.remind.events import due_words, signature
from roadmap_cli.targets import Place, Targets
from roadmap_cli.text import clean, fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from roadmap_cli.model import Activity, Plan
    from roadmap_cli.project import Project


def items(project: Project, root: str, called: Mapping[str, str]) -> Iterator[Item]:
    """Every deliverable of the plans asked for, and every row that has links; plans are named from `root` on.

    `called` are the words by which commands find plans, by real path; any other plan is called by its path.
    """
    plans = project.asked()
    words = {plan.path: shlex.quote(visible(called.get(os.path.realpath(plan.path), plan.path))) for plan in plans}
    home = os.path.realpath(root)
    for plan in plans:
        rule = project.settings[plan.path].calendar.rule
        plan_key = visible(os.path.relpath(os.path.realpath(plan.path), home).replace(os.sep, "/"))
        suspects = _suspects(plan, project.plans)
        is_whole = all(path in project.plans for path in plan.follows)
        keys, targets = _activity_keys(plan), Targets(plan)
        for place, activity in enumerate(plan.activities):
            several = len(activity.deliverables) > 1
            tails = _unique([_hash(one.text) if several else "" for one in activity.deliverables])
            for number, (one, tail) in enumerate(zip(activity.deliverables, tails, strict=True)):
                target = _target(words[plan.path], targets, Place(place, number if several else None))
                key = f"{keys[place]}/{tail}" if tail else keys[place]
                seen = Seen(signature(one.due), due_words(one.due))
                yield Item(plan, plan_key, activity, one, key, target, seen, rule)
            stamp = suspects.get(place, "")
            # Of a plan above that cannot be read today nobody knows whether it has changed: what was seen stays.
            if activity.covers and (stamp or is_whole):
                whole = _target(words[plan.path], targets, Place(place))
                yield Item(plan, plan_key, activity, None, f"{keys[place]}!", whole, Seen(stamp, ""), rule)


def _target(plan: str, targets: Targets, place: Place) -> str:
    """What to type behind «roadmap done» for a place; "" where nothing but a line, which may move, names it."""
    word = targets.lasting(place)
    return f"{plan} {shlex.quote(word)}" if word else ""


def _activity_keys(plan: Plan) -> list[str]:
    """The id that somebody gave the row; else its title, with the number where several rows have that title.

    A number alone is no key: when the rows are numbered anew, it is another row's.
    """
    ids = Counter(fold(one.id) for one in plan.activities)
    titles = Counter(clean(one.title) for one in plan.activities)
    keys = []
    for one in plan.activities:
        if one.id and one.id != one.no and ids[fold(one.id)] == 1:
            keys.append(fold(one.id))
        else:
            keys.append(f"~{_hash(one.title)}" + (f"~{fold(one.no)}" if titles[clean(one.title)] > 1 else ""))
    return _unique(keys)


def _unique(keys: Sequence[str]) -> list[str]:
    """The keys, those met before with their number."""
    met: Counter[str] = Counter()
    found = []
    for key in keys:
        met[key] += 1
        found.append(key if met[key] == 1 else f"{key}#{met[key]}")
    return found


def _suspects(plan: Plan, plans: Mapping[str, Plan]) -> dict[int, str]:
    """The rows whose links are suspect, each with the fingerprints of what they point at by now."""
    if not any(activity.covers for activity in plan.activities):
        return {}
    parents = [plans[path] for path in dict.fromkeys(plan.follows) if path in plans]
    found: dict[int, list[str]] = {}
    for parent in parents:
        for link in find_links(plan, Index(parent))[0]:
            if link.suspect:
                found.setdefault(link.child, []).append(_stamp(parent.activities[link.parent]))
    return {place: " ".join(sorted(stamps)) for place, stamps in found.items()}


def _stamp(activity: Activity) -> str:
    return fingerprint(activity)[:8]


def _hash(*texts: str) -> str:
    return digest(map(clean, texts))[:8]


def digest(texts: Iterable[str]) -> str:
    """Hex digits of texts, the same for the same texts."""
    from hashlib import sha256

    return sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
