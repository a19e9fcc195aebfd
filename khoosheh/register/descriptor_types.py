"""Types of a descriptor (``datapackage.json``): any JSON, and the parts of a descriptor whose form was checked.

:func:`khoosheh.register.descriptor.check_descriptor_form` holds a descriptor to these types. Only the properties that
this program reads are named; a descriptor may have others.
"""

from collections.abc import Mapping, Sequence
from typing import Required, TypeAlias, TypedDict

# what json.loads returns
JsonValue: TypeAlias = "str | int | float | list[JsonValue] | dict[str, JsonValue] | None"
# the same, read-only
FrozenJson: TypeAlias = "str | int | float | tuple[FrozenJson, ...] | Mapping[str, FrozenJson] | None"

# language ('fa', 'en') -> text
Labels: TypeAlias = Mapping[str, str]
# the labels of a code and its other attributes, such as 'group' (text), 'precedes' (true) and 'decimals' (number)
CodeAttributes: TypeAlias = Mapping[str, str | int]
# the fields of a key: one name or several
KeyFields: TypeAlias = str | Sequence[str]


class Constraints(TypedDict, total=False):
    """What a cell of a field must satisfy beside its type."""

    required: bool
    unique: bool
    enum: Sequence[str | int | float]
    pattern: str
    minimum: float
    maximum: float
    minLength: int
    maxLength: int


class Field(TypedDict, total=False):
    """A column of a table; ``values`` gives the labels and attributes of its codes."""

    name: Required[str]
    type: Required[str]
    labels: Required[Labels]
    title: str
    description: str
    description_fa: str
    calendar: str
    unit: str
    refers_to_unit_in: str
    trueValues: Sequence[str]
    falseValues: Sequence[str]
    constraints: Constraints
    values: Mapping[str, CodeAttributes]


class Reference(TypedDict, total=False):
    """The end of a foreign key: a table ('' for the same one) and its fields."""

    resource: Required[str]
    fields: Required[KeyFields]


class ForeignKey(TypedDict):
    """A foreign key: the fields of a table, and the fields that they refer to."""

    fields: KeyFields
    reference: Reference


class Schema(TypedDict, total=False):
    """The fields and keys of a table."""

    fields: Required[Sequence[Field]]
    primaryKey: KeyFields
    foreignKeys: Sequence[ForeignKey]
    missingValues: Sequence[str]


class Licence(TypedDict, total=False):
    """A licence by its short name, title and web address."""

    name: str
    title: str
    path: str


class Resource(TypedDict, total=False):
    """A file of a package: a table where it has a ``schema``, else a map or another file.

    ``identifies``: of a map, the field ('table.field') in which the ids of its shapes stand.
    """

    name: Required[str]
    path: Required[str]
    labels: Labels
    schema: Schema
    identifies: str
    mediatype: str
    licenses: Sequence[Licence]


class Descriptor(TypedDict, total=False):
    """A whole descriptor; ``compiled_on`` is a Jalali date, ``province`` an ISO 3166-2 code."""

    name: str
    title: str
    version: str
    created: str
    province: Required[str]
    compiled_on: Required[str]
    labels: Required[Labels]
    licenses: Sequence[Licence]
    resources: Required[Sequence[Resource]]
