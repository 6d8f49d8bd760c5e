"""The keys of each level of a plan file, in both languages, and what is said of a key that is none of them."""

from __future__ import annotations

from typing import Final

from roadmap_cli.fields import FIELDS
from roadmap_cli.text import mend_alphabet, nearest, to_latin, visible

CANONICAL: Final = {
    level: {name: f.key for f in fields for name in (f.key, f.synonym)} for level, fields in FIELDS.items()
}
LEVEL_NAMES: Final = {
    "plan": "у плана",
    "order": "у приказа",
    "participant": "у участников",
    "person": "у записи справочника",
    "activity": "у мероприятия",
    "deliverable": "у результата",
    "move": "у переноса",
}


def unknown_key(key: str, level: str) -> str:
    """The message on an unknown key of a level: the key that was probably meant, or where it belongs."""
    names = tuple(CANONICAL[level])
    plain = "".join(c for c in key if c.isprintable()).strip()
    guess = plain.lower() if plain.lower() in names else nearest(plain, names)
    if guess is None:
        mended = to_latin(plain), mend_alphabet(plain)
        guess = next((m for m in mended if m in names), None)
    others = [LEVEL_NAMES[other] for other, keys in CANONICAL.items() if plain in keys]
    known = f"; он бывает {others[0]}" if others else "; если он нужен вам для пометок, начните его с «x-»"
    hint = f"; возможно, «{guess}»" if guess else known
    if guess and plain != key:
        hint += " (в ключе лишний невидимый знак или пробел)"
    elif guess and not plain.isascii() and any(c.isascii() and c.isalpha() for c in plain):
        hint += " (в ключе смешаны русские и латинские буквы)"
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in key)
    return f"неизвестный ключ «{visible(shown)}» {LEVEL_NAMES[level]}{hint}"
