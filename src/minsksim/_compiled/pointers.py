"""Records of arrays as pointers, and what compiled code may assume of them.

Every array of a record is a block of memory of its own, addressed by whole numbers from 0 up, and
a record's arrays are never exchanged for others. LLVM cannot see that, and would otherwise read
sizes, addresses and elements again after every store, and test each index for being negative.
"""

from __future__ import annotations

import operator
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    unbox,
)
from numba.np import arrayobj


class _Own(numba.types.Array):  # type: ignore[misc]
    """The type of an array that belongs to a record, or of a row of one."""

    def __init__(self, dtype: Any, ndim: int, layout: str, owner: str) -> None:
        self.owner = owner
        name = f"own({owner}, {dtype}, {ndim}d, {layout})"
        super().__init__(dtype, ndim, layout, name=name)

    @property
    def mangling_args(self) -> Any:
        """Tell arrays of different owners apart in the names of compiled functions."""
        return "own", [self.owner, self.dtype, self.ndim, self.layout]

    @property
    def key(self) -> Any:
        """Tell arrays of different owners apart."""
        return self.owner, self.dtype, self.ndim, self.layout

    def copy(
        self, dtype: Any = None, ndim: Any = None, layout: Any = None, readonly: Any = None
    ) -> Any:
        """Return the type of a row."""
        ndim = self.ndim if ndim is None else ndim
        return _Own(dtype or self.dtype, ndim, layout or self.layout, self.owner)


register_model(_Own)(models.ArrayModel)


def _place(context: Any, builder: Any, kind: Any, array: Any, index_type: Any, index: Any) -> Any:
    """Return address, shape and strides of what an index of whole numbers means."""
    if isinstance(index_type, numba.types.BaseTuple):
        types = list(index_type.types)
        parts = cgutils.unpack_tuple(builder, index, count=len(types))
    else:
        types, parts = [index_type], [index]
    if not all(isinstance(each, numba.types.Integer) for each in types):
        return None
    signed, word = numba.types.intp, numba.types.uintp
    parts = [
        context.cast(builder, context.cast(builder, part, each, signed), signed, word)
        for part, each in zip(parts, types, strict=True)
    ]
    words, is_checked = [word] * len(parts), context.enable_boundscheck
    return arrayobj.basic_indexing(
        context, builder, kind, array, words, parts, boundscheck=is_checked
    )


def _mark(builder: Any, access: Any, kind: Any) -> Any:
    """Say which arrays a load or a store cannot touch: those of others, and of other numbers."""
    module = builder.module
    root = module.add_metadata(["minsksim"])
    zero = ir.Constant(ir.IntType(64), 0)
    leaf = module.add_metadata([f"{kind.owner} {kind.dtype}", root, zero])
    access.set_metadata("tbaa", module.add_metadata([leaf, leaf, zero]))
    return access


def _read(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Read an element or a row."""
    kind, index_type = signature.args
    array = arrayobj.make_array(kind)(context, builder, arguments[0])
    found = _place(context, builder, kind, array, index_type, arguments[1])
    if found is None:
        return arrayobj.getitem_array_tuple(context, builder, signature, arguments)
    place, shape, strides = found
    if isinstance(signature.return_type, numba.types.Array):
        back = signature.return_type
        return arrayobj.make_view(
            context, builder, kind, array, back, place, shape, strides
        )._getvalue()
    value = _mark(builder, builder.load(place), kind)
    if kind.owner == "Structure":
        value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


def _write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Write an element."""
    kind, index_type, value_type = signature.args
    array = arrayobj.make_array(kind)(context, builder, arguments[0])
    found = _place(context, builder, kind, array, index_type, arguments[1])
    if found is None or found[1]:
        return arrayobj.setitem_array(context, builder, signature, arguments)
    value = context.cast(builder, arguments[2], value_type, kind.dtype)
    _mark(builder, builder.store(value, found[0]), kind)
    return context.get_dummy_value()


for _index in (numba.types.Integer, numba.types.BaseTuple):
    lower_builtin(operator.getitem, _Own, _index)(_read)
    lower_builtin(operator.setitem, _Own, _index, numba.types.Any)(_write)


class _PointerType(numba.types.Type):  # type: ignore[misc]
    """A pointer to a record: its whole numbers, descriptions of arrays, and inner pointers."""

    def __init__(self, owner: str, fields: tuple[tuple[str, Any], ...]) -> None:
        self.owner, self.fields = owner, fields
        super().__init__(name=f"Pointer({owner})")

    @property
    def key(self) -> Any:
        """Tell records of the same name with other fields apart."""
        return self.owner, self.fields


@register_model(_PointerType)
class _PointerModel(models.PrimitiveModel):  # type: ignore[misc]
    """Eight bytes."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, ir.IntType(8).as_pointer())


@infer_getattr
class _PointerFields(AttributeTemplate):  # type: ignore[misc]
    """A pointer's fields are those of its record."""

    key = _PointerType

    def generic_resolve(self, kind: Any, name: str) -> Any:
        return dict(kind.fields).get(name)


@lower_getattr_generic(_PointerType)  # type: ignore[untyped-decorator]
def _load_field(context: Any, builder: Any, kind: Any, pointer: Any, name: str) -> Any:
    """Load one field."""
    layout = ir.LiteralStructType([context.get_value_type(field) for _, field in kind.fields])
    record = builder.bitcast(pointer, layout.as_pointer())
    place = [field for field, _ in kind.fields].index(name)
    return _load_constant(builder, cgutils.gep_inbounds(builder, record, 0, place))


def _load_constant(builder: Any, place: Any) -> Any:
    """Load a number or an array's description that never changes, part by part.

    LLVM is told so: otherwise every store to any array could have moved every other one, and
    sizes and addresses would be read again after it.
    """
    kind = place.type.pointee
    if isinstance(kind, ir.LiteralStructType | ir.ArrayType):
        whole = cgutils.get_null_value(kind)
        for part in range(len(kind)):
            inner = _load_constant(builder, cgutils.gep_inbounds(builder, place, 0, part))
            whole = builder.insert_value(whole, inner, part)
        return whole
    value = builder.load(place)
    value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


class _Pointer:
    """What Python holds: the address, its numba type, and what must be kept alive."""

    def __init__(self, block: np.ndarray, kind: _PointerType, owners: tuple[Any, ...]) -> None:
        self.address, self.owners = block.ctypes.data, (block, owners)
        self._numba_type_ = kind


@unbox(_PointerType)  # type: ignore[untyped-decorator]
def _unbox_pointer(_kind: Any, value: Any, context: Any) -> NativeValue:
    """Hand the address to compiled code."""
    number = context.pyapi.object_getattr_string(value, "address")
    pointer = context.pyapi.long_as_voidptr(number)
    context.pyapi.decref(number)
    return NativeValue(pointer)


def by_reference(record: Any) -> _Pointer:
    """Return a NamedTuple of arrays, whole numbers and such tuples as one pointer to the same.

    Compiled functions read its fields by name as they would a NamedTuple's, but calls stay
    cheap however many fields there are, and nobody counts the owners of its arrays.
    """
    owner, words, fields, inner = type(record).__name__, [], [], []
    for name, value in zip(record._fields, record, strict=True):
        if isinstance(value, np.ndarray):
            assert value.flags.c_contiguous, f"{owner}.{name} has gaps"
            kind = numba.typeof(value)
            fields.append((name, _Own(kind.dtype, kind.ndim, kind.layout, owner)))
            # as numba describes an array: two owners, of which there are none, then what it is
            words += [0, 0, value.size, value.itemsize, value.ctypes.data]
            words += [*value.shape, *value.strides]
        elif isinstance(value, tuple):
            inner.append(by_reference(value))
            fields.append((name, inner[-1]._numba_type_))
            words.append(inner[-1].address)
        else:
            fields.append((name, numba.types.int64))
            words.append(int(value))
    block = np.array(words, np.int64)
    return _Pointer(block, _PointerType(owner, tuple(fields)), (record, inner))
