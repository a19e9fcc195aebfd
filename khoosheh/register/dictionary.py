"""The dictionary: labels, codes and units of every field, as the package's descriptor gives them."""

from collections.abc import Mapping


class Dictionary:
    """Reads the Table Schemas of a descriptor; ``lang`` is 'fa' or 'en' throughout."""

    def __init__(self, descriptor: Mapping) -> None:
        """Keep the descriptor's tables by name."""
        self._tables = {one["name"]: one for one in descriptor["resources"] if "schema" in one}
        self._fields = {
            (name, field["name"]): field for name, one in self._tables.items() for field in one["schema"]["fields"]
        }

    @property
    def tables(self) -> list[str]:
        """The names of all tables."""
        return list(self._tables)

    def fields(self, table: str) -> list[str]:
        """Return the names of a table's fields, in order."""
        return [field["name"] for field in self._tables[table]["schema"]["fields"]]

    def field(self, table: str, field: str) -> Mapping:
        """Return a field's whole descriptor."""
        return self._fields[table, field]

    def key(self, table: str) -> str:
        """Return the one field that is the table's key; raises ``LookupError`` where several are."""
        key = self._tables[table]["schema"]["primaryKey"]
        if not isinstance(key, str):
            raise LookupError(f"{table} has the key {key}")
        return key

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
