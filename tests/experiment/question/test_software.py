"""Which versions decided a result, where one of them may be missing."""

from importlib.metadata import version

from minsksim.experiment.question.question import software, version_of


def test_a_package_that_is_missing_has_no_version() -> None:
    """As numba has none where it has no release for a new Python yet."""
    assert version_of("numpy") == version("numpy")
    assert version_of("a-package-that-nobody-has") == "none"
    assert set(software()) == {"numpy", "numba", "scipy", "pyarrow"}
