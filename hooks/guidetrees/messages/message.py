"""Messages for people: in English, with what is needed to say them in another language.

`say` makes a message of a template and its parts. The value of a message is its English text: so it is compared,
sorted and printed for machines. `Words.tell` says it in the site's language. For that a template is a literal in
the code: the test of the translations collects them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Message(str):
    """A text in English, made by `say`."""

    __slots__ = ("parts", "template")
    template: str
    """The English text with `{names}` for its parts."""
    parts: Mapping[str, object]
    """By name. A part may be a message too."""

    def but(self, **parts: object) -> Message:
        """The same message with other parts."""
        return _message(self.template, {**self.parts, **parts})


def say(template: str, /, **parts: object) -> Message:
    """The message of `template`, in which `{name}` is the part of that name."""
    return _message(template, parts)


def reason_of(error: OSError) -> Message:
    """What the operating system says of an error."""
    return quoted(error.strerror or str(error))


def failure(error: OSError) -> Message:
    """An error of the operating system, with the file that it is about."""
    return about(error.filename, reason_of(error)) if error.filename else reason_of(error)


def about(key: str, fault: Message) -> Message:
    """The message that the value of `key` has a fault."""
    return say("{key}: {fault}", key=key, fault=fault)


def quoted(text: str) -> Message:
    """The text of another program, such as `Permission denied`, as a message; a message as it is."""
    if isinstance(text, Message):
        return text
    return _message(text.replace("{", "{{").replace("}", "}}"), {})


def join(separator: str, texts: Iterable[str]) -> Message:
    """Texts with `separator` between them. Each may be a message."""
    parts: dict[str, object] = {f"text{number}": text for number, text in enumerate(texts)}
    return _message("{separator}".join(f"{{{name}}}" for name in parts), {**parts, "separator": separator})


def _message(template: str, parts: Mapping[str, object]) -> Message:
    message = Message(template.format(**parts))
    message.template, message.parts = template, parts
    return message


EMPTY = say("")
