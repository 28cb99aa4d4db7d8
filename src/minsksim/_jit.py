"""The only import of numba: one decorator, and a cache folder that follows the sources.

Numba's disk cache does not notice that a *called* rule in another file changed. The folder is
therefore named by a hash of everything that gets compiled, fixed before any decorator runs.
``fastmath`` stays off and ``nogil`` on: the same bits everywhere, and progress never freezes.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from minsksim._cache import cache_home

Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def source_digest() -> str:
    """Return the SHA-256 of every source file that is compiled: the engine, and its rules.

    A rule that is plain Python, because no run calls it, does not import this module and does
    not count.
    """
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted([*root.glob("rules/*.py"), *root.glob("engine/*.py")]):
        source = file.read_bytes()
        if file.parent.name == "engine" or b"minsksim._jit import" in source:
            digest.update(file.name.encode() + b"\0" + source + b"\0")
    return digest.hexdigest()


def cache_folder() -> Path:
    """Return a writable folder for compiled code, keyed by sources and Python version."""
    version = f"py{sys.version_info.major}{sys.version_info.minor}"
    for candidate in filter(None, (cache_home(), Path(tempfile.gettempdir()) / "minsksim")):
        folder = candidate / f"{version}-{source_digest()[:16]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="minsksim-"))


FOLDER = cache_folder()
os.environ["NUMBA_CACHE_DIR"] = str(FOLDER)

import numba  # noqa: E402  (the cache folder must be known first)
from llvmlite import ir  # noqa: E402
from numba.core import cgutils  # noqa: E402
from numba.core.typing.templates import AttributeTemplate  # noqa: E402
from numba.experimental import structref  # noqa: E402
from numba.extending import (  # noqa: E402
    NativeValue,
    infer_getattr,
    intrinsic,
    lower_getattr_generic,
    models,
    register_model,
    unbox,
)


def jit(function: Compiled) -> Compiled:
    """Compile a rule: cached, without the GIL, IEEE arithmetic, no contraction.

    It may not allocate: without numba's run-time memory (``_nrt``) nobody counts the owners of
    the arrays that compiled functions hand each other.
    """
    decorate = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=False, _nrt=False)
    return cast(Compiled, decorate(function))


def inlined(function: Compiled) -> Compiled:
    """Compile a rule that is called in inner loops: as ``jit``, and part of whoever calls it."""
    decorate = numba.njit(
        cache=True,
        nogil=True,
        error_model="numpy",
        fastmath=False,
        forceinline=True,
        _nrt=False,
    )
    return cast(Compiled, decorate(function))


@structref.register
class _RecordType(numba.types.StructRef):  # type: ignore[misc]
    """A struct of arrays: what a pointer points to."""


class _Record(structref.StructRefProxy):  # type: ignore[misc]
    """What Python holds of such a struct."""


structref.define_boxing(_RecordType, _Record)


class _PointerType(numba.types.Type):  # type: ignore[misc]
    """A bare pointer to a record: compiled code passes it on without counting its owners."""

    def __init__(self, record: _RecordType) -> None:
        self.record = record
        super().__init__(name=f"Pointer({record})")


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
        return kind.record.field_dict.get(name)


@lower_getattr_generic(_PointerType)  # type: ignore[untyped-decorator]
def _load_field(context: Any, builder: Any, kind: Any, pointer: Any, name: str) -> Any:
    """Load one field; its array is not counted either."""
    payload = kind.record.get_data_type()
    layout = context.data_model_manager[payload].get_value_type()
    place = builder.bitcast(pointer, layout.as_pointer())
    record = cgutils.create_struct_proxy(payload)(context, builder, ref=place)
    return _load_constant(builder, record._get_ptr_by_name(name))


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
    """What Python holds: the address, its numba type, and the owners kept alive."""

    def __init__(self, address: int, kind: _PointerType, owners: tuple[Any, ...]) -> None:
        self.address, self.owners = address, owners
        self._numba_type_ = kind

    def __getattr__(self, name: str) -> Any:
        """Return a field of the record, as compiled code does."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.owners[1], name)


@unbox(_PointerType)  # type: ignore[untyped-decorator]
def _unbox_pointer(_kind: Any, value: Any, context: Any) -> NativeValue:
    """Hand the address to compiled code."""
    number = context.pyapi.object_getattr_string(value, "address")
    pointer = context.pyapi.long_as_voidptr(number)
    context.pyapi.decref(number)
    return NativeValue(pointer)


@intrinsic  # type: ignore[untyped-decorator]
def _address(_typing: Any, record: Any) -> Any:
    """Return where a record's fields lie."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        tools = structref._Utils(context, builder, signature.args[0])
        return builder.ptrtoint(tools.get_data_pointer(arguments[0]), ir.IntType(64))

    return numba.types.int64(record), make


@intrinsic  # type: ignore[untyped-decorator]
def _borrow(_typing: Any, value: Any) -> Any:
    """Return an array without its owner, so that compiled code need not count it."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if not isinstance(value, numba.types.Array):
            return arguments[0]
        array = context.make_array(value)(context, builder, value=arguments[0])
        array.meminfo = cgutils.get_null_value(array.meminfo.type)
        array.parent = cgutils.get_null_value(array.parent.type)
        return array._getvalue()

    return value(value), make


_packers: dict[type, Any] = {}


def by_reference(record: Any) -> Any:
    """Return a NamedTuple of arrays as one pointer to the same arrays.

    Compiled functions read its fields by name as they would a NamedTuple's, but calls stay
    cheap however many fields there are. Without compilation the record itself serves.
    """
    if numba.config.DISABLE_JIT:
        return record
    kind = type(record)
    if kind not in _packers:
        layout = _RecordType(
            [
                (name, numba.types.unliteral(numba.typeof(getattr(record, name))))
                for name in kind._fields
            ]
        )
        lines = [f"    box.{name} = borrow({name})" for name in kind._fields]
        head = f"def pack_{kind.__name__}({', '.join(kind._fields)}):"
        source = "\n".join([head, "    box = new(layout)", *lines, "    return box, address(box)"])
        scope: dict[str, Any] = {"__name__": __name__, "new": structref.new, "layout": layout}
        scope |= {"borrow": _borrow, "address": _address}
        # compiled under this file's name, so that numba can cache what it makes of it
        exec(compile(source, __file__, "exec"), scope)  # noqa: S102
        packer = numba.njit(cache=True)(scope[f"pack_{kind.__name__}"])
        _packers[kind] = packer, _PointerType(layout)
    packer, pointer = _packers[kind]
    box, address = packer(*record)
    return _Pointer(address, pointer, (box, record))


def is_cached(function: Callable[..., Any]) -> bool:
    """Return whether a function's compiled code is already on disk, or it needs none."""
    if numba.config.DISABLE_JIT:
        return True
    folder = Path(function.stats.cache_path)  # type: ignore[attr-defined]
    return any(folder.glob(f"*.{function.__name__}-*.nbi"))
