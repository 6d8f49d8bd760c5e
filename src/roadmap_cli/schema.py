"""JSON Schemas (draft-07) of a plan file and of `roadmap.yaml`, for editors: made from the tables of their keys.

A schema takes what `roadmap` reads without a finding and refuses what has a wrong shape. It knows no more than shapes:
not whether a deadline or a name can be read, whether two years follow each other, whether a link or a file exists.
`errorMessage`, `patternErrorMessage` and `enumDescriptions` are words of editors; validators pass over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap_cli.calendar import RULES
from roadmap_cli.config import EVIDENCE, SETTING_KEYS
from roadmap_cli.fields import EXAMPLES, FIELDS
from roadmap_cli.reminders import OVERDUE, REMINDER_KEYS, SMTP_KEYS, TLS, WHOLE_RUN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap_cli.calendar import Rule
    from roadmap_cli.fields import Field

_DRAFT = "http://json-schema.org/draft-07/schema#"
# YAML gives other programs numbers and «true» where roadmap reads the text that stands there. The first type of a list
# is the one that an editor prepares when it completes a key.
_WORDS = ["string", "number", "boolean"]
_SCALAR = [*_WORDS, "null"]
_YEARS = "[^0-9]*(199[0-9]|20[0-9]{2}|2100)([^0-9]+([0-9]{2}|[0-9]{4}))?[^0-9]*"

_TEXT = {"type": _SCALAR, "errorMessage": "ожидается текст"}
_FILLED = {
    "type": _WORDS,
    "pattern": r"\S",
    "errorMessage": "ожидается текст",
    "patternErrorMessage": "здесь пусто: впишите текст",
}
_LISTABLE = "ожидается текст или список текстов"
_TEXTS = {"type": ["array", *_SCALAR], "items": _FILLED, "errorMessage": _LISTABLE}
# The same for a validator; but an editor that completes the key begins a text, not a list.
_PHRASE = {"type": [*_SCALAR, "array"], "allOf": [{"items": _FILLED}], "errorMessage": _LISTABLE}
_LIST = {
    "type": ["array", "null", "string"],
    "pattern": "^$",
    "errorMessage": "ожидается список: строки, начинающиеся с «- »",
    "patternErrorMessage": "ожидается список: строки, начинающиеся с «- »",
}
_LEVEL_IN = {
    "order": "order",
    "participants": "participant",
    "people": "person",
    "activities": "activity",
    "deliverables": "deliverable",
    "moves": "move",
}
_TEXT_WILL_DO = ("participant", "deliverable")
_INSTEAD = {("activity", "deliverables"): "deliverable"}


def plan_schema() -> dict[str, Any]:
    """The schema of a plan file."""
    return {
        "$schema": _DRAFT,
        "title": "План («дорожная карта»)",
        "description": "Ключи пишутся по-английски или по-русски; свои ключи начинаются с «x-».",
        **_level("plan"),
        "definitions": {
            f"{level}-{field.key}": _property(level, field) for level, fields in FIELDS.items() for field in fields
        },
    }


def settings_schema() -> dict[str, Any]:
    """The schema of the settings, `roadmap.yaml`."""
    return {
        "$schema": _DRAFT,
        "title": "Настройки проекта (roadmap.yaml)",
        "description": "Действуют на все планы своей папки и вложенных в неё.",
        "type": ["object", "null"],
        "properties": {
            key: {"title": key, "description": _sentence(doc), **_SETTINGS[key]} for key, doc in SETTING_KEYS.items()
        },
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
    }


def written(schema: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    import json

    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _level(level: str) -> dict[str, Any]:
    """What a mapping of the level holds: each key in one of its two languages."""
    fields = FIELDS[level]
    shape: dict[str, Any] = {
        "type": ["object", *_SCALAR] if level in _TEXT_WILL_DO else "object",
        "properties": {name: {"$ref": f"#/definitions/{level}-{f.key}"} for f in fields for name in (f.key, f.synonym)},
        "patternProperties": {"^[xх]-": True},
        "additionalProperties": False,
        "dependencies": {name: _without(others) for name, others in _rivals(level).items()},
    }
    required = [_one_of(field) for field in fields if field.required]
    return {**shape, "allOf": required} if required else shape


def _one_of(field: Field) -> dict[str, Any]:
    said = f"нет ключа «{field.key}» (или «{field.synonym}»): {field.doc}"
    return {"anyOf": [{"required": [name], "errorMessage": said} for name in (field.key, field.synonym)]}


def _rivals(level: str) -> dict[str, list[str]]:
    """The keys that may not stand beside a key: the other language's, and what the key takes the place of."""
    names = {field.key: (field.key, field.synonym) for field in FIELDS[level]}
    rivals = {synonym: [key] for key, synonym in names.values()}
    for (where, key), other in _INSTEAD.items():
        if where == level:
            for name in names[key]:
                rivals.setdefault(name, []).extend(names[other])
    return rivals


def _without(names: list[str]) -> dict[str, Any]:
    return {"properties": dict.fromkeys(names, False)}


def _property(level: str, field: Field) -> dict[str, Any]:
    examples = EXAMPLES.get(field.key)
    return {
        "title": f"{field.synonym} · {field.key}",
        "description": _sentence(field.doc),
        **_held(field),
        **({"examples": list(examples)} if examples else {}),
    }


def _sentence(doc: str) -> str:
    return f"{doc[0].upper()}{doc[1:]}."


def _held(field: Field) -> dict[str, Any]:
    """The shape of what a key holds, as the loader takes it."""
    if field.holds in _LEVEL_IN:
        inner = _level(_LEVEL_IN[field.holds])
        if field.holds == "order":
            return inner
        return {"type": "array", "minItems": 1, "items": inner} if field.required else {**_LIST, "items": inner}
    if field.holds == "text":
        return _FILLED if field.required else _TEXT
    if field.holds == "years":
        said = "ожидается учебный год, например 2022-2023"
        years = {"type": ["string", "number", "null"], "pattern": rf"^(\s*|{_YEARS})$", "minimum": 1990}
        return {**years, "errorMessage": said, "patternErrorMessage": said}
    if field.holds == "reasons":
        said = 'ожидается запись вида {"9": причина}'
        return {"type": "object", "additionalProperties": _TEXT, "errorMessage": said}
    return _TEXTS if field.holds == "texts" else _PHRASE


_RULE_DOCS: dict[Rule, str] = {
    "as-is": "оставить день, названный в плане",
    "previous": "считать последний рабочий день перед выходным",
    "next": "считать первый рабочий день после выходного",
}


def _seasons(*names: str) -> dict[str, Any]:
    """Periods by name within school years; other spellings of the names are left to `roadmap`."""
    period = {"type": ["string", "null"], "examples": ["с 29.12.2022 по 08.01.2023", "25.03.2023 - 02.04.2023"]}
    inner = {
        "type": ["object", "null"],
        "properties": dict.fromkeys(names, period),
        "additionalProperties": period,
    }
    return {
        "type": ["object", "null"],
        "patternProperties": {f"^{_YEARS}$": inner},
        "additionalProperties": False,
    }


_CODES: dict[str, Any] = {
    "type": ["string", "array", "null"],
    "items": {"type": "string"},
    "examples": [["RM302", "RM1"]],
    "errorMessage": "ожидаются коды или имена находок: [RM302, RM1]",
}
_SELECTION: dict[str, dict[str, Any]] = {
    "select": _CODES,
    "ignore": _CODES,
    "severity": {
        "type": ["object", "null"],
        "additionalProperties": {
            "enum": ["error", "warning", "note"],
            "enumDescriptions": ["ошибка", "предупреждение", "замечание"],
        },
        "errorMessage": "ожидаются коды и уровни (RM302: note)",
    },
}

_WHO = {"type": ["string", "null"], "examples": ["savina@example.org", "Савина И.А."]}
_WORD = {"type": ["string", "null"]}
_SMTP: dict[str, dict[str, Any]] = {
    "host": {**_WORD, "examples": ["mail.example.org", "127.0.0.1"]},
    "port": {"type": ["integer", "string", "null"], "minimum": 1, "maximum": 65535, "pattern": "^[0-9]*$"},
    "tls": {"enum": [*TLS, None], "default": TLS[0]},
    "user": _WORD,
    "from": {**_WORD, "pattern": "^$|@", "examples": ["roadmap@example.org", "Школа <roadmap@example.org>"]},
    "password_file": _WORD,
}
_REMINDERS: dict[str, dict[str, Any]] = {
    "days": {
        "type": ["array", "integer", "string", "null"],
        "items": {"type": ["integer", "string"], "minimum": 0, "maximum": 366, "pattern": "^[0-9]+$"},
        "minimum": 0,
        "maximum": 366,
        "pattern": "^[0-9, ]*$",
        "default": [14, 7, 3, 1, 0],
    },
    "begins": {"enum": [True, False, "да", "нет", "yes", "no", None], "default": True},
    "overdue": {"enum": [*OVERDUE, None], "default": OVERDUE[0]},
    "lookback": {
        "type": ["integer", "string", "null"],
        "minimum": 0,
        "maximum": 366,
        "pattern": "^[0-9]*$",
        "default": 14,
    },
    "default": _WHO,
    "copies": {"type": ["array", "string", "null"], "items": {"type": "string"}},
    "roles": {"type": ["object", "null"], "additionalProperties": {"type": "string"}},
    "smtp": {
        "type": ["object", "null"],
        "properties": {key: {"description": _sentence(doc), **_SMTP[key]} for key, doc in SMTP_KEYS.items()},
        "additionalProperties": False,
        "patternProperties": {"^x-": True},
    },
    "apprise": {"type": ["array", "string", "null"], "items": {"type": "string"}},
}


def _reminders(keys: Iterable[str]) -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "properties": {key: {"description": _sentence(REMINDER_KEYS[key]), **_REMINDERS[key]} for key in keys},
        "additionalProperties": False,
        "patternProperties": {"^x-": True},
    }


_SETTINGS: dict[str, dict[str, Any]] = {
    "reminders": _reminders(REMINDER_KEYS),
    **_SELECTION,
    "per_path": {
        "type": ["object", "null"],
        "additionalProperties": {
            "type": ["object", "null"],
            "properties": {
                **_SELECTION,
                "reminders": _reminders(key for key in REMINDER_KEYS if key not in WHOLE_RUN),
            },
            "additionalProperties": False,
        },
    },
    "due_soon": {
        "type": ["integer", "string", "null"],
        "minimum": 0,
        "maximum": 366,
        "pattern": "^[0-9]*$",
        "default": 14,
        "patternErrorMessage": "ожидается целое число от 0 до 366",
    },
    "non_working": {
        "enum": [*RULES, None],
        "enumDescriptions": [*(_RULE_DOCS[rule] for rule in RULES), "не задано"],
        "default": RULES[0],
    },
    "evidence": {
        "enum": [*EVIDENCE, None],
        "enumDescriptions": ["подтверждение не обязательно", "исполненное без подтверждения отмечается", "не задано"],
        "default": next(iter(EVIDENCE)),
    },
    "timezone": {
        "type": ["string", "null"],
        "pattern": "^[A-Za-z0-9/_+-]*$",
        "examples": ["Asia/Vladivostok", "Europe/Moscow"],
        "patternErrorMessage": "часовой пояс пишется так: Asia/Vladivostok, Europe/Moscow",
    },
    "match_threshold": {
        "type": ["number", "string", "null"],
        "minimum": 0,
        "maximum": 1,
        "pattern": "^(0?[.,][0-9]+|0|1|1[.,]0*)?$",
        "default": 0.25,
        "patternErrorMessage": "ожидается число от 0 до 1",
    },
    "vacations": _seasons("осенние", "зимние", "весенние", "летние"),
    "terms": _seasons(*(f"{n} четверть" for n in range(1, 5)), *(f"{n} триместр" for n in range(1, 4))),
    "different_people": {
        "type": ["array", "null"],
        "items": {"type": "array", "minItems": 2, "items": {"type": "string"}},
        "errorMessage": "ожидаются пары имён: [[Иванова А.А., Иванова А.Л.]]",
    },
}
