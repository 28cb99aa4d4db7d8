"""Whether two runs are the same in all that is told of them."""

from dataclasses import fields

from minsksim.analysis.story import tell
from minsksim.engine.record.run import Run


def assert_same_story(run: Run, again: Run) -> None:
    """Check that nothing tells two runs apart: not an agreement, a threat, a type or a bit."""
    for field in fields(Run):
        if field.name != "record":
            assert getattr(run, field.name) == getattr(again, field.name), field.name
    assert run.record.axes == again.record.axes
    for name in ("series", "public", "utilities", "contributions"):
        assert getattr(run.record, name).tobytes() == getattr(again.record, name).tobytes(), name
        assert getattr(run, name).equals(getattr(again, name)), name
    assert tell(run) == tell(again)
