"""`mulu limit`: the reading, how sure it is, the due date and each step."""

import json
from pathlib import Path

from click.testing import CliRunner

from mulu.cli import cli


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["limit", "--root", str(tmp_path), *arguments])
    return done.exit_code, done.output


def test_the_steps_of_a_derivation(tmp_path: Path) -> None:
    code, said = run(tmp_path, "信息形成或变更之日起二十个工作日内", "--from", "2026-02-10", "--as-of", "2026-02-20")
    assert code == 0
    assert [line.strip() for line in said.splitlines()[4:]] == [
        "信息形成或变更之日起20个工作日内公开", "1. 从 2026-02-10 起算，当日不计入", "2. 2026-02-14 调休上班，计入",
        "3. 2026-02-15 至 2026-02-23 春节放假，不计", "4. 2026-02-28 调休上班，计入", "5. 第20个工作日是 2026-03-16", "→ 2026-03-16（还有 24 天）",
    ]  # fmt: skip


def test_json(tmp_path: Path) -> None:
    code, said = run(tmp_path, "批准后20日内", "--from", "2026-12-30", "--as-of", "2026-12-30", "--json")
    found = json.loads(said)
    assert code == 0 and found["certainty"] == "sure" and found["due"][0]["due"] == "2027-01-19"
    assert "暂定" in found["due"][0]["steps"][-1]["zh"]


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    code, said = run(tmp_path, "信息形成之日起 * 个工作日内", "--lang", "en")
    assert code == 1 and "not readable" in said
