"""The dictionary: labels, codes and units of every field, as the package's descriptor gives them."""

from collections.abc import Mapping
from types import MappingProxyType

Link = tuple[tuple[str, ...], str, tuple[str, ...]]


def freeze_json(value: object) -> object:
    """Return a value of JSON that cannot be changed: mappings are read-only, lists are tuples."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: freeze_json(one) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze_json(one) for one in value)
    return value


def thaw_json(value: object) -> object:
    """Return a value that :func:`freeze_json` made as plain JSON again."""
    if isinstance(value, Mapping):
        return {key: thaw_json(one) for key, one in value.items()}
    return [thaw_json(one) for one in value] if isinstance(value, tuple) else value


def list_key_fields(fields: str | list | tuple) -> tuple[str, ...]:
    """Return the fields of a key, which Table Schema gives as one name or a list of them."""
    return (fields,) if isinstance(fields, str) else tuple(fields)


class Dictionary:
    """Reads the Table Schemas of a descriptor; ``lang`` is 'fa' or 'en' throughout."""

    def __init__(self, descriptor: Mapping) -> None:
        """Keep the descriptor's tables by name, unchangeable."""
        self._tables = {one["name"]: freeze_json(one) for one in descriptor["resources"] if "schema" in one}
        self._fields = {
            (name, field["name"]): field for name, one in self._tables.items() for field in one["schema"]["fields"]
        }

    @property
    def tables(self) -> list[str]:
        """The names of all tables."""
        return list(self._tables)

    def path(self, table: str) -> str:
        """Return a table's file within the package."""
        return self._tables[table]["path"]

    def fields(self, table: str) -> list[str]:
        """Return the names of a table's fields, in order."""
        return [field["name"] for field in self._tables[table]["schema"]["fields"]]

    def field(self, table: str, field: str) -> Mapping:
        """Return a field's whole descriptor."""
        return self._fields[table, field]

    def key(self, table: str) -> str:
        """Return the one field that is the table's key; raises ``LookupError`` where several are, or none."""
        key = self.keys(table)
        if len(key) != 1:
            raise LookupError(f"{table} has the key {key}")
        return key[0]

    def keys(self, table: str) -> tuple[str, ...]:
        """Return all fields of the table's key, none where it has no key."""
        return list_key_fields(self._tables[table]["schema"].get("primaryKey", ()))

    def links(self, table: str) -> list[Link]:
        """Return the table's foreign keys: its fields, the other table, the fields there."""
        found = []
        for one in self._tables[table]["schema"].get("foreignKeys", ()):
            other = one["reference"]
            found.append(
                (list_key_fields(one["fields"]), other.get("resource") or table, list_key_fields(other["fields"]))
            )
        return found

    def table_label(self, table: str, lang: str) -> str:
        """Return a table's name."""
        return self._tables[table]["labels"][lang]

    def field_label(self, table: str, field: str, lang: str) -> str:
        """Return a field's name."""
        return self._fields[table, field]["labels"][lang]

    def unit(self, table: str, field: str) -> str | None:
        """Return a field's unit, where it has one of its own."""
        return self._fields[table, field].get("unit")

    def values(self, table: str, field: str) -> dict[str, Mapping]:
        """Return the codes a field may take, in order, each with its labels and other attributes."""
        return dict(self._fields[table, field].get("values", {}))

    def value_label(self, table: str, field: str, code: object, lang: str) -> str | None:
        """Return a code's label; nothing for a blank cell or an unknown code."""
        found = self._fields[table, field].get("values", {}).get(code) if isinstance(code, str) else None
        return found[lang] if found else None
