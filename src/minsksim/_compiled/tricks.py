"""Compiling as fast code as numba can make, with help from its insides.

Two things are done otherwise than numba does them. A function that only compiled code calls is
translated and then waits: it is neither optimised nor made callable from Python, and is linked
once, into the kernel, where all is optimised together. And the kernel's records are pointers to
arrays of which the compiler knows that they do not overlap, see ``pointers.py``.

All of this leans on what numba does not promise. Where it fails, ``public.py`` does with what
numba promises.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numba
from numba.core import codegen
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering

from minsksim._compiled.marks import INLINED, KERNEL
from minsksim._compiled.pointers import by_reference

__all__ = ["by_reference", "decorate"]

STRICT = {"nogil": True, "error_model": "numpy", "fastmath": False, "_nrt": False}
"""The same bits everywhere: no contraction. No run-time memory, since nobody counts the owners of
the arrays that compiled functions hand each other."""


class _Part(codegen.JITCodeLibrary):  # type: ignore[misc]
    """Code that waits to be linked and optimised together with the kernel."""

    def finalize(self) -> None:
        """Do nothing but say that all is there."""
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        """Hand over the code for good: it is linked once."""
        for function in self._final_module.functions:
            if not function.is_declaration:
                # as numba has it, the linker would drop what nobody has asked for so far
                function.linkage = "external"
        return self._final_module


class _Whole(codegen.JITCodeLibrary):  # type: ignore[misc]
    """Code of a kernel and of all that it calls, which nobody else calls."""

    _linking_libraries: list[Any]

    def finalize(self) -> None:
        """Link every part once, whoever calls it; and then what numba itself adds to them."""
        found: dict[Any, None] = {}
        waiting = list(self._linking_libraries)
        while waiting:
            library = waiting.pop()
            if library not in found:
                found[library] = None
                if isinstance(library, _Part):
                    waiting.extend(library._linking_libraries)
        self._linking_libraries = sorted(found, key=lambda each: not isinstance(each, _Part))
        super().finalize()

    def _optimize_final_module(self) -> None:
        """Let LLVM know that nobody else calls the parts, so that it may inline as it likes.

        Names change, since the linker would give what is left of them to others who ask.
        """
        linked = {
            function.name
            for library in self._linking_libraries
            for function in library._get_module_for_linking().functions
        }
        for function in list(self._final_module.functions):
            if not function.is_declaration and function.name in linked:
                function.linkage, function.name = "internal", f"whole.{function.name}"
        super()._optimize_final_module()


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartLowering(NativeLowering):  # type: ignore[misc]
    """Numba's own translation, for a function that Python never calls."""

    _name = "minsksim_part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Translate, and let callers find the code."""
        state.flags.no_compile = True
        super().run_pass(state)
        # numba's tables are kept by something built in and callable; this one nobody calls
        entry: list[Any] = []
        state["cr"] = state["cr"]._replace(cfunc=entry.append)
        state.targetctx.insert_user_function(entry.append, state["cr"].fndesc, [state.library])
        return True


class _Compiler(CompilerBase):  # type: ignore[misc]
    """Numba's own steps, with another place for the code."""

    library: Any = _Whole

    def define_pipelines(self) -> list[Any]:
        """Set that place before numba makes one; there is no falling back to Python objects."""
        state = self.state
        state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return [DefaultPassBuilder.define_nopython_pipeline(state)]


class _PartCompiler(_Compiler):
    """The same for what a kernel calls."""

    library = _Part

    def define_pipelines(self) -> list[Any]:
        """Put the other translation in the place of numba's."""
        (pipeline,) = super().define_pipelines()
        pipeline.passes = [
            (_PartLowering if step is NativeLowering else step, why)
            for step, why in pipeline.passes
        ]
        return [pipeline]


def decorate(function: FunctionType, mark: str) -> Any:
    """Return numba's dispatcher of a function."""
    if mark == KERNEL:
        return numba.njit(cache=True, pipeline_class=_Compiler, **STRICT)(function)
    wrappers = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    part = numba.njit(
        pipeline_class=_PartCompiler, forceinline=mark == INLINED, **wrappers, **STRICT
    )(function)
    one_for_all = part.get_call_template

    def get_call_template(arguments: Any, names: Any) -> Any:
        # numba would translate a function anew for each constant that it is called with
        plain = tuple(map(numba.types.unliteral, arguments))
        return one_for_all(plain, names)

    part.get_call_template = get_call_template
    return part
