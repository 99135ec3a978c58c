"""`make grade-demo`, with a class of four."""

import grade_demo
from classroom import needs_sandbox
from test_runner import needs_dask


@needs_sandbox
@needs_dask
def test_a_small_class_is_graded_and_all_is_named(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(grade_demo, "STUDENTS", 4)
    monkeypatch.setattr(grade_demo, "USUAL", 3)
    grade_demo.main(tmp_path / "demo")
    said = capfd.readouterr().out
    assert (
        "nesterov: 4 graded, 0 unchanged, 0 failed." in said and "1 of 4 could not be run" in said
    )
    (page,) = [line.split(": ")[1] for line in said.splitlines() if line.startswith("Feedback")]
    with open(page, encoding="utf-8") as file:
        assert "not right yet" in file.read()
    assert (tmp_path / "demo" / "grades" / "nesterov.png").exists()
