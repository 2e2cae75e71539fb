"""The day of a build: today, or the day in the environment, or an error in one line if that is invalid."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from helpers import check, lay_out, write

from guidetrees.cli import main
from guidetrees.project.build_day import LAST, InvalidBuildDay, build_day
from guidetrees.project.project import read_project


def test_it_is_today_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert build_day() == date.today()


@pytest.mark.parametrize(
    ("value", "day"),
    [("0", date(1970, 1, 1)), ("1764201599", date(2025, 11, 26)), (str(LAST), date(9999, 12, 31))],
)
def test_it_is_the_day_in_the_environment(monkeypatch: pytest.MonkeyPatch, value: str, day: date) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert build_day() == day


WRONG = ["", "x", "-1", "1.5", " 1", "1\n", "٣", "1e9", str(LAST + 1), "9" * 5000]


@pytest.mark.parametrize("value", WRONG)
def test_an_invalid_day_is_an_error_in_one_line(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(
        InvalidBuildDay, match=r"^SOURCE_DATE_EPOCH is '.*': set it to whole seconds since 1970"
    ) as raised:
        build_day()
    assert len(str(raised.value)) < 200 and "\n" not in str(raised.value)


@pytest.mark.parametrize("command", ["check", "paths"])
def test_commands_report_the_error_and_fail(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(None, tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "x")
    code = main([command, "--root", str(tmp_path)])
    value = "SOURCE_DATE_EPOCH is 'x': set it to whole seconds since 1970, such as 1764115200, or leave it out\n"
    assert (code, *capsys.readouterr()) == (2, "", value)


def test_reviews_are_checked_on_this_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(lay_out(None, tmp_path), "mkdocs.yml", "extra: {guidetrees: {strict_review: true}}\n")
    project = read_project(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")  # in November 2026
    assert check(project) == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # in March 2030
    assert [problem.message[:47] for problem in check(project)] == [
        "reviewed: the tree should have been reviewed by"
    ]
