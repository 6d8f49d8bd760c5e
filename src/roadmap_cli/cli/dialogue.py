"""The questions of `roadmap link` on a terminal and the answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap_cli.cli.frame import say
from roadmap_cli.linking import Answer, rows_named
from roadmap_cli.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal, TypeAlias

    from roadmap_cli.linking import Question, Suspect
    from roadmap_cli.model import Plan

    End: TypeAlias = Literal["all", "stop", "interrupted"]  # the last: Ctrl-C or no more input

_WORDS = {
    "да": ("д", "да", "y", "yes"),
    "нет": ("н", "нет", "n", "no"),
    "другой": ("др", "другой", "другая", "другое"),
    "пропустить": ("п", "пропустить"),
    "стоп": ("с", "c", "стоп", "stop"),
}


def ask_links(child: Plan, asked: Sequence[Question], width: int) -> tuple[list[Answer], End]:
    """What the user says of every question, and how it ended; what was answered before the end is kept."""
    answers: list[Answer] = []
    try:
        for number, question in enumerate(asked, 1):
            say()
            places = _places(question, child, f"{number} из {len(asked)}", width)
            if places is None:
                return answers, "stop"
            answers += [Answer(question, place) for place in places]
    except (click.Abort, KeyboardInterrupt):
        say()
        return answers, "interrupted"
    return answers, "all"


def ask_again(found: Sequence[Suspect], words: Callable[[Suspect], str]) -> tuple[list[Suspect], End]:
    """Which of the changed rows the user confirms again, and how it ended."""
    confirmed: list[Suspect] = []
    try:
        for suspect in found:
            say()
            say(words(suspect))
            answer = _answer("Связь по-прежнему верна?", ("да", "нет", "стоп"), "нет")
            if answer == "стоп":
                return confirmed, "stop"
            confirmed += [suspect] if answer == "да" else []
    except (click.Abort, KeyboardInterrupt):
        say()
        return confirmed, "interrupted"
    return confirmed, "all"


def _places(question: Question, child: Plan, place: str, width: int) -> Sequence[int] | None:
    """The school's rows that carry out the row of the question, or None to stop; after «нет» comes the next one."""
    from roadmap_cli.report.link import question_words

    rest = list(question.candidates)
    while True:
        best = rest[0] if rest else None
        say(question_words(question, best, child, place, width))
        choices = tuple(_WORDS) if best else tuple(_WORDS)[2:]
        answer = _answer("Связать?", choices, "да" if best and not best.unsure else "пропустить")
        if answer == "да" and best:
            return (best.place,)
        if answer == "нет":
            rest = rest[1:]
        if answer == "другой" and (found := _other(child, width)):
            return found
        if answer == "стоп":
            return None
        if answer == "пропустить" or (answer == "нет" and not rest):
            return ()


def _answer(question: str, choices: Sequence[str], default: str) -> str:
    """One of the choices, in any of its spellings; Enter is the default, anything else is asked again."""
    while True:
        said = fold(_read(f"{question} {' / '.join(choices)} [{default}]: "))
        found = [choice for choice in choices if said in _WORDS[choice]]
        if found or not said:
            return found[0] if found else default
        say(f"Не понято: ответьте {', '.join(choices)} или первыми буквами; Enter — {default}.")


def _other(child: Plan, width: int) -> list[int]:
    """The school's rows that the user names by number or id; none to go back."""
    from roadmap_cli.report.link import choice_words, numbers_words

    while True:
        said = _read("№ или id мероприятия школы, несколько — через запятую (Enter — назад): ")
        names = [said] if rows_named(said, child) else [name.strip() for name in said.split(",") if name.strip()]
        unknown = [name for name in names if not rows_named(name, child)]
        if not unknown:
            break
        say(visible(f"В плане школы нет: {', '.join(unknown)}. Есть: {numbers_words(child)}."))
    found: list[int] = []
    for name in names:
        places = rows_named(name, child)
        if len(places) > 1:
            say(choice_words(places, child, width))
            places = _chosen(places)
        found += places
    return list(dict.fromkeys(found))


def _chosen(places: list[int]) -> list[int]:
    while True:
        said = _read(f"Который? 1–{len(places)} (Enter — ни один): ")
        if not said:
            return []
        if said.isascii() and said.isdigit() and 0 < int(said) <= len(places):
            return [places[int(said) - 1]]
        say(f"Ответьте числом от 1 до {len(places)}.")


def _read(prompt: str) -> str:
    answer: str = click.prompt(prompt, default="", show_default=False, prompt_suffix="")
    return answer.strip()


def ask_which(question: str, lines: Sequence[str], words: Sequence[str], whole: bool, width: int) -> list[str] | None:
    """The words of the choice, or of all choices where the `whole` may be meant; None for no choice, and for Ctrl-C."""
    from textwrap import wrap

    say(f"{visible(question)}; что из этого?")
    for number, line in enumerate([*lines, *(["все"] if whole else [])], 1):
        first = f"  {number}) "
        say("\n".join(wrap(line, max(width, 20), initial_indent=first, subsequent_indent=" " * len(first))))
    last = len(words) + whole
    while True:
        try:
            said = _read(f"1–{last} (Enter — ничего): ")
        except (click.Abort, KeyboardInterrupt):
            say()
            return None
        if not said:
            return None
        if said.isascii() and said.isdigit() and 0 < int(said) <= last:
            chosen = list(words) if whole and int(said) == last else [words[int(said) - 1]]
            if all(chosen):
                return chosen
            say("Эту строку нечем назвать: впишите в файл её № или id.")
        else:
            say(f"Ответьте числом от 1 до {last}.")
