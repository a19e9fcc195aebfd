"""The dictionary of a package: fields, keys, labels, codes and units, as its descriptor gives them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias, cast

from khoosheh.register.descriptor_types import (
    CodeAttributes,
    Descriptor,
    Field,
    FrozenJson,
    JsonValue,
    KeyFields,
    Resource,
    Schema,
)

# a foreign key: fields of the table, the table that they refer to, the fields there
Link: TypeAlias = tuple[tuple[str, ...], str, tuple[str, ...]]


def freeze_json(value: "JsonValue | FrozenJson") -> FrozenJson:
    """Return JSON that cannot be changed: mappings are read-only, lists become tuples."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: freeze_json(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze_json(item) for item in value)
    return value


def thaw_json(value: FrozenJson) -> JsonValue:
    """Return what :func:`freeze_json` returned as plain JSON again."""
    if isinstance(value, Mapping):
        return {key: thaw_json(item) for key, item in value.items()}
    return [thaw_json(item) for item in value] if isinstance(value, tuple) else value


def freeze_descriptor(descriptor: Descriptor) -> Descriptor:
    """Return a descriptor that cannot be changed."""
    # freezing keeps every key and every text: the type, which allows any sequence and mapping, still holds
    return cast(Descriptor, freeze_json(cast(JsonValue, descriptor)))


def list_key_fields(fields: KeyFields) -> tuple[str, ...]:
    """Return the fields of a key, which Table Schema gives as one name or a list of names."""
    return (fields,) if isinstance(fields, str) else tuple(fields)


def list_links(table: str, schema: Schema) -> list[Link]:
    """Return the foreign keys of a table; a reference without a table refers to the table itself."""
    links = []
    for key in schema.get("foreignKeys", ()):
        reference = key["reference"]
        links.append(
            (list_key_fields(key["fields"]), reference["resource"] or table, list_key_fields(reference["fields"]))
        )
    return links


class Dictionary:
    """Reads the Table Schemas of a descriptor; ``lang`` is 'fa' or 'en' throughout.

    Every method raises ``KeyError`` for a table or field that the descriptor does not have.
    """

    def __init__(self, descriptor: Descriptor) -> None:
        """Keep the tables of a descriptor by name, read-only."""
        resources = freeze_descriptor(descriptor)["resources"]
        self._tables: dict[str, Resource] = {table["name"]: table for table in resources if "schema" in table}
        self._fields: dict[tuple[str, str], Field] = {
            (name, field["name"]): field
            for name, table in self._tables.items()
            for field in table["schema"]["fields"]
        }

    @property
    def tables(self) -> list[str]:
        """The names of all tables."""
        return list(self._tables)

    def path(self, table: str) -> str:
        """Return the path of a table's file within the package."""
        return self._tables[table]["path"]

    def fields(self, table: str) -> list[str]:
        """Return the names of a table's fields, in order."""
        return [field["name"] for field in self._tables[table]["schema"]["fields"]]

    def field(self, table: str, field: str) -> Field:
        """Return the descriptor of a field, read-only."""
        return self._fields[table, field]

    def key(self, table: str) -> str:
        """Return the one field that is the key of a table; raises ``LookupError`` for a key of none or several."""
        key = self.keys(table)
        if len(key) != 1:
            raise LookupError(f"{table} has the key {key}")
        return key[0]

    def keys(self, table: str) -> tuple[str, ...]:
        """Return all fields of a table's key; none where it has no key."""
        return list_key_fields(self._tables[table]["schema"].get("primaryKey", ()))

    def links(self, table: str) -> list[Link]:
        """Return the foreign keys of a table: its fields, the table that they refer to, the fields there."""
        return list_links(table, self._tables[table]["schema"])

    def table_label(self, table: str, lang: str) -> str:
        """Return the label of a table."""
        return self._tables[table]["labels"][lang]

    def field_label(self, table: str, field: str, lang: str) -> str:
        """Return the label of a field."""
        return self._fields[table, field]["labels"][lang]

    def unit(self, table: str, field: str) -> str | None:
        """Return the unit of a field; ``None`` where it has none, or where each row gives its own."""
        return self._fields[table, field].get("unit")

    def values(self, table: str, field: str) -> dict[str, CodeAttributes]:
        """Return the codes that a field may take, in order, each with its labels and other attributes."""
        return dict(self._fields[table, field].get("values", {}))

    def value_label(self, table: str, field: str, code: object, lang: str) -> str | None:
        """Return the label of a code; ``None`` for a blank cell (``None``, NaN, NA) or an unknown code."""
        attributes = self._fields[table, field].get("values", {}).get(code) if isinstance(code, str) else None
        return str(attributes[lang]) if attributes else None
