"""RM5: what is true on the day of the run; `roadmap deadlines` tells it, and `check` never does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap_cli.model import Severity

CLOCKED: Final[Mapping[str, tuple[str, Severity, str]]] = {
    "RM501": (
        "overdue",
        "error",
        """Срок прошёл, а отметки об исполнении нет.

        Зачем: либо мероприятие не исполнено, либо его забыли отметить («done»).

        Плохо:
            due: до 14.10.2022
        Скажет: просрочено на 6 дней

        Хорошо:
            due: до 14.10.2022
            done: 13.10.2022
        """,
    ),
    "RM502": (
        "today",
        "warning",
        """Срок наступает сегодня.

        Зачем: последний день входит в срок; завтра это будет просрочено.

        Плохо:
            due: до 20.10.2022
        Скажет: сегодня

        Хорошо:
            due: до 20.10.2022
            done: 19.10.2022
        """,
    ),
    "RM503": (
        "due-soon",
        "warning",
        """До срока осталось мало дней: столько, сколько велит предупреждать настройка due_soon, или меньше.

        Зачем: пока срок не прошёл, ещё можно успеть.

        Плохо:
            due: до 28.10.2022
        Скажет: через 8 дней

        Хорошо:
            due: до 28.10.2022
            done: 19.10.2022
        """,
    ),
    "RM504": (
        "beginning",
        "note",
        """Скоро начнётся то, на что отведено несколько дней.

        Зачем: к началу надо готовиться раньше, чем подойдёт его последний день.

        Плохо:
            due: 24.10.2022 - 18.11.2022
        Скажет: начнётся через 4 дня

        Хорошо:
            due: 24.11.2022 - 16.12.2022
        """,
    ),
}
"""By code: the name, which is that of the group in `deadlines`, the severity, and the manual in a docstring's form."""
