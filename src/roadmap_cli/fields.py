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
        Field("school_year", "учебный_год", "years", "учебный год: 2022-2023; даёт год датам без года"),
        Field("follows", "исполняет", "texts", "файл плана, который этот план исполняет (можно несколько)"),
        Field("order", "приказ", "order", "приказ, к которому относится план"),
        Field("approved", "утверждено", "text", "гриф утверждения или согласования, словами документа"),
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
        Field("title", "название", "text", "название мероприятия", required=True),
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
        Field("source", "источник", "text", "откуда взята строка: файл, таблица, строка"),
    ),
    "deliverable": (
        Field("text", "текст", "text", "характеристика результата"),
        Field("due", "срок", "due", "срок словами документа"),
        Field("owners", "ответственные", "owners", "ответственные словами документа или списком"),
        Field("done", "выполнено", "due", "день исполнения"),
        Field("evidence", "подтверждение", "text", "чем подтверждено исполнение"),
        Field("moved", "перенос", "moves", "переносы срока этого результата"),
        Field("note", "примечание", "text", "примечание"),
    ),
    "move": (
        Field("from", "с", "text", "прежний срок"),
        Field("to", "на", "text", "новый срок"),
        Field("on", "когда", "text", "день решения о переносе"),
        Field("reason", "причина", "text", "причина переноса"),
    ),
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "organization": ("МБОУ «СОШ №6»", "Управление образования администрации района"),
    "school_year": ("2022-2023", "2023-2024"),
    "follows": ("../municipal.yaml", "municipal.yaml"),
    "number": ("161-а", "87"),
    "date": ("05.10.2022", "26 сентября 2022 г."),
    "signed": ("Слепкова Н.А.", "Савина И.А."),
    "cluster": ("Педагогический", "Технологический"),
    "schools": ("МАОУ «СОШ №5»", "МАОУ «СОШ №11»"),
    "name": ("Савина И.А.", "Савина Ирина Александровна"),
    "role": ("школьный координатор", "заместитель директора по УВР"),
    "email": ("savina@example.org", "school6@example.org"),
    "aliases": ("Савина Ирина Александровна", "Савина И. А."),
    "no": ("1", "2.1"),
    "covers": ("5", "municipal.yaml#5"),
    "deliverable": ("Приказ по школе", "Страница на сайте школы"),
    "text": ("Приказ по школе", "Страница на сайте школы"),
    "due": ("до 15.10.2022", "10.10.2022 - 15.10.2022", "в течение года", "ежемесячно до 5 числа"),
    "owners": ("Савина И.А., Слепкова Н.А.", "Классные руководители"),
    "done": ("12.10.2022", "2022-10-12"),
    "evidence": ("приказ № 87", "протокол № 2 от 12.10.2022"),
    "period": ("октябрь", "1 четверть"),
    "for": ("МАОУ «СОШ №5»", "Педагогический"),
    "cancelled": ("нет средств", "исключено приказом № 12"),
    "from": ("до 15.10.2022", "октябрь"),
    "to": ("до 20.10.2022", "ноябрь"),
    "on": ("14.10.2022", "2022-10-14"),
    "reason": ("карантин", "болезнь исполнителя"),
}
"""Values for editors to offer, by key; never one alone: an editor would write it into the plan as if it were meant."""
