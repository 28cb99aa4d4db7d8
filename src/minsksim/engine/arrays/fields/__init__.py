"""The fields of ``Structure``, section by section; each function returns some of them."""
