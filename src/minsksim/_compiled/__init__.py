"""How marked functions become a compiled kernel: marks, twins, and the levels of compiling."""
