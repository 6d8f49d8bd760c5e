"""The keys of a plan file, in one table: the loader, its hints, the schema and the docs are made from it.

A new key is a new row here.
"""

from __future__ import annotations

from roadmap_cli.record import NamedTuple


class Field(NamedTuple):
    """A key of a plan file: its Russian synonym, what it holds (for the schema and the docs), whether it must stand."""

    key: str
    synonym: str
    holds: str
    doc: str
    required: bool = False


FIELDS: dict[str, tuple[Field, ...]] = {
    "plan": (
        Field("title", "название", "text", "название плана, как в документе", required=True),
        Field("organization", "организация", "text", "чей это план"),
        Field("school_year", "учебный_год", "text", "учебный год: 2022-2023; даёт год датам без года"),
        Field("follows", "исполняет", "texts", "файл плана, который этот план исполняет (можно несколько)"),
        Field("order", "приказ", "order", "приказ, к которому относится план"),
        Field("participants", "участники", "participants", "школы, которые план обязывает, по кластерам"),
        Field("people", "люди", "people", "справочник людей плана"),
        Field("activities", "мероприятия", "activities", "мероприятия плана", required=True),
        Field(
            "not_applicable",
            "неприменимо",
            "reasons",
            "мероприятия вышестоящего плана, которые школы не касаются: причина",
        ),
        Field("note", "примечание", "text", "примечание"),
    ),
    "order": (
        Field("number", "номер", "text", "номер приказа"),
        Field("date", "дата", "due", "дата приказа"),
        Field("signed", "подписал", "text", "кто подписал"),
    ),
    "participant": (
        Field("cluster", "кластер", "text", "название кластера"),
        Field("schools", "школы", "texts", "школы кластера", required=True),
    ),
    "person": (
        Field("name", "имя", "text", "фамилия и инициалы или полное имя", required=True),
        Field("role", "роль", "text", "должность"),
        Field("email", "почта", "text", "адрес для напоминаний"),
        Field("aliases", "варианты", "texts", "другие написания того же имени"),
    ),
    "activity": (
        Field("no", "номер", "text", "№ п/п, как напечатан"),
        Field("id", "код", "text", "на что ссылаются другие планы; по умолчанию № п/п"),
        Field("title", "название", "text", "мероприятие", required=True),
        Field("covers", "покрывает", "texts", "какие мероприятия вышестоящего плана исполняет"),
        Field("deliverables", "результаты", "deliverables", "результаты, если их несколько"),
        Field("deliverable", "результат", "text", "характеристика результата, если он один"),
        Field("due", "срок", "due", "срок словами документа; действует и на результаты без своего срока"),
        Field("owners", "ответственные", "owners", "ответственные словами документа или списком"),
        Field("done", "выполнено", "due", "день исполнения"),
        Field("evidence", "подтверждение", "text", "чем подтверждено исполнение"),
        Field("section", "раздел", "text", "раздел плана, в котором стоит мероприятие"),
        Field("period", "период", "text", "месяц или четверть, к которым относится строка помесячного плана"),
        Field("for", "для", "texts", "школы или кластеры, к которым обращено мероприятие"),
        Field("cancelled", "отменено", "text", "причина отмены"),
        Field("moved", "перенос", "moves", "переносы срока"),
        Field("note", "примечание", "text", "примечание"),
    ),
    "deliverable": (
        Field("text", "текст", "text", "характеристика результата"),
        Field("due", "срок", "due", "срок словами документа"),
        Field("owners", "ответственные", "owners", "ответственные словами документа или списком"),
        Field("done", "выполнено", "due", "день исполнения"),
        Field("evidence", "подтверждение", "text", "чем подтверждено исполнение"),
        Field("note", "примечание", "text", "примечание"),
    ),
    "move": (
        Field("from", "с", "text", "прежний срок"),
        Field("to", "на", "text", "новый срок"),
        Field("on", "когда", "text", "день решения о переносе"),
        Field("reason", "причина", "text", "причина переноса"),
    ),
}
