"""What is new since a commit: `mulu check --since` and the comment of `mulu report --since`, in real repositories."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import AS_OF, commit, lay_over
from mulu.checks.explain import explanation
from mulu.cli import cli
from mulu.diagnostics import Diagnostic, Place, Severity, Text, newer
from mulu.mapping import State
from mulu.model.words import SEVERITY_WORDS, STATE_WORDS
from mulu.reports.comment import LIMIT
from mulu.reports.markdown import cut, quoted, table

ITEM = "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
CATALOG = "catalogs/departments/fgj/catalog/project.yml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def check(root: Path, *options: str) -> Result:
    return run("check", root, "--as-of", AS_OF, *options)


def report(root: Path, *options: str) -> str:
    result = run("report", root, "--as-of", AS_OF, "--since", "HEAD", *options)
    assert result.exit_code == 0, result.output
    return result.output


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def another(root: Path, number: str, title: str = "又一条信息", **changed: str) -> None:
    """One more item, like the first."""
    text = (root / ITEM).read_text("utf-8").replace("2026-fgj-001", number).replace("2026-00001", f"2026-0{number[-3:]}9")
    for key, value in {"title": json.dumps(title, ensure_ascii=False), **changed}.items():
        text = re.sub(rf"^{key}:.*$", lambda _, key=key, value=value: f"{key}: {value}", text, flags=re.MULTILINE)
    (root / ITEM).with_name(f"{number}.md").write_text(text, "utf-8")


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def found(line: int, message: str = "x", code: str = "M103") -> Diagnostic:
    return Diagnostic(code, "n", Severity.ERROR, Place("a.yml", line), Text(message, message), Text("y", "y"))


def test_new_is_what_there_is_more_of() -> None:
    assert newer([], [found(1)]) == ()
    assert newer([found(9)], [found(1)]) == ()
    assert newer([found(1), found(5), found(9)], [found(5)]) == (found(1), found(9))
    assert newer([found(5), found(6)], [found(1), found(2), found(3)]) == ()
    assert newer([found(1, "z"), found(1, code="M104")], [found(1)]) == (found(1, "z"), found(1, code="M104"))


def test_nothing_new_is_clean_and_older_errors_are_counted(minimal: Path) -> None:
    lay_over(minimal, explanation("M103").wrong)
    commit(minimal)
    edit(minimal, ITEM, "---\n", "---\n\n\n")
    old, new = check(minimal), check(minimal, "--since", "HEAD")
    assert (old.exit_code, new.exit_code) == (1, 0)
    assert "M103" not in new.output and re.search(r"（错误 [1-9].*mulu check", new.output.splitlines()[-1])
    assert re.search(r"left aside \([1-9]", check(minimal, "--since", "HEAD", "--lang", "en").output)


def test_consequences_in_other_files_are_new(minimal: Path) -> None:
    commit(minimal)
    edit(minimal, CATALOG, "fgj-project-guide", "fgj-project-guides")
    result = check(minimal, "--since", "HEAD")
    assert result.exit_code == 1 and "M103" in result.output and ITEM in result.output


def test_notes_do_not_spoil_the_formats_of_programs(minimal: Path) -> None:
    lay_over(minimal, explanation("M103").wrong)
    commit(minimal)
    for form in ("json", "gitlab", "sarif"):
        result = check(minimal, "--since", "HEAD", "--format", form)
        assert "M103" not in result.stdout and re.search(r"（错误 [1-9]", result.stderr)
        json.loads(result.stdout)


def test_what_others_did_since_is_no_part_of_the_change(minimal: Path) -> None:
    lay_over(minimal, explanation("M103").wrong)
    commit(minimal)
    git(minimal, "branch", "others")
    another(minimal, "2026-fgj-002")
    commit(minimal)
    git(minimal, "checkout", "-q", "-b", "mine", "HEAD~1")
    git(minimal, "branch", "-f", "others", "@{-1}")
    assert check(minimal, "--since", "others").exit_code == 0
    assert "2026-fgj-002" not in run("report", minimal, "--as-of", AS_OF, "--since", "others").output


def test_a_commit_against_a_commit(minimal: Path) -> None:
    commit(minimal)
    lay_over(minimal, explanation("M103").wrong)
    commit(minimal)
    (minimal / "catalogs/site.yml").write_text("broken: [", "utf-8")
    result = check(minimal, "--since", "HEAD~1", "--at", "HEAD")
    assert result.exit_code == 1 and "M103" in result.output and "site.yml" not in result.output


@pytest.mark.parametrize("command", ["check", "report"])
def test_refusals(minimal: Path, tmp_path: Path, command: str) -> None:
    assert run(command, minimal, "--since", "HEAD").exit_code == 2
    commit(minimal)
    edit(minimal, ITEM, "三个工作日内", "两个工作日内")
    commit(minimal)
    result = run(command, minimal, "--since", "nothing")
    assert result.exit_code == 2 and "nothing" in result.output and "git" in result.output
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{minimal}", str(shallow))
    result = run(command, shallow, "--since", git(minimal, "rev-parse", "HEAD~1"), "--lang", "en")
    assert result.exit_code == 2 and "--unshallow" in result.output and "Traceback" not in result.output


def test_before_there_was_anything(minimal: Path) -> None:
    (minimal / "catalogs").rename(minimal / "later")
    commit(minimal)
    (minimal / "later").rename(minimal / "catalogs")
    assert check(minimal, "--since", "HEAD").exit_code == 0
    said = report(minimal)
    assert "### 新公开（1）" in said and "— → 已公开" in said


def test_the_comment_says_what_happens(minimal: Path) -> None:
    for number in ("2026-fgj-002", "2026-fgj-003"):
        another(minimal, number, title=f"信息{number}")
    commit(minimal)
    another(minimal, "2026-fgj-004", title="新的信息")
    edit(minimal, ITEM, "三个工作日内", "两个工作日内")
    second = ITEM.replace("001", "002")
    edit(minimal, second, "kind:", "withdrawn: {on: 2026-11-01, reason: 内容有误, by: 区发改局}\nkind:")
    (minimal / ITEM.replace("001", "003")).unlink()
    said = report(minimal)
    assert "### 新公开（1）\n\n- `2026-fgj-004` `新的信息` · `小样区发展和改革局` · `批准服务信息 › 办事指南`" in said
    assert "### 有改动（1）\n\n- `2026-fgj-001` " in said
    assert "### 撤下（1）\n\n- `2026-fgj-002` " in said and "理由：`内容有误`" in said
    assert "### 直接删除，没有说明（1）\n\n- `2026-fgj-003` " in said
    assert "I136" in said and f"`{ITEM.replace('001', '003')}`" in said
    head = git(minimal, "rev-parse", "HEAD")
    assert said.rstrip().splitlines()[-1] == f"评估日期 2026-11-23；`{head}` → `{head}`，加上没有提交的改动"


def test_the_comment_says_which_entries_change_state(minimal: Path) -> None:
    commit(minimal)
    edit(minimal, ITEM, "kind:", "withdrawn: {on: 2026-11-01, reason: 内容有误, by: 区发改局}\nkind:")
    commit(minimal)
    said = run("report", minimal, "--as-of", AS_OF, "--since", "HEAD~1", "--lang", "en").output
    row = next(line for line in said.splitlines() if line.startswith("| `fgj-project-guide`"))
    assert row.startswith("| `fgj-project-guide` | `批准服务信息 › 办事指南` | `小样区发展和改革局` | published → ")
    assert "| `小样区发展和改革局` | 1 | 1 → 0 | 0 | 0 | 0 → 1 | 2/2 → 0/2 |" in said
    assert "| **all** | 1 | 1 → 0 " in said
    assert f"{CATALOG}:" in said and "### New findings (" in said
    first, last = git(minimal, "rev-parse", "HEAD~1", "HEAD").split()
    assert said.rstrip().splitlines()[-1] == f"As of 2026-11-23; `{first}` → `{last}`"


def test_nothing_changes(minimal: Path) -> None:
    commit(minimal)
    said = report(minimal)
    assert "公开的信息没有变化。" in said and "新出现的问题" not in said and "事项状态" not in said


def test_a_broken_item_is_a_fault_and_not_a_deletion(minimal: Path) -> None:
    another(minimal, "2026-fgj-002")
    commit(minimal)
    edit(minimal, ITEM, "title:", "titel:")
    said = report(minimal)
    assert "直接删除" not in said and "公开的信息没有变化。" in said and "S1" in said


def test_out_writes_the_same_file(minimal: Path, tmp_path: Path) -> None:
    commit(minimal)
    out = tmp_path / "new" / "comment.md"
    assert report(minimal, "--out", str(out)) == ""
    assert out.read_text("utf-8") == report(minimal)


def test_a_long_comment_is_cut_and_says_so(minimal: Path) -> None:
    commit(minimal)
    for number in range(100, 600):
        another(minimal, f"2026-fgj-{number}", title="长" * 150)
    said = report(minimal)
    assert LIMIT - 1000 < len(said) <= LIMIT
    assert "从这里截断" in said and said.rstrip().splitlines()[-1].startswith("评估日期 2026-11-23")
    assert cut("a\nb\n", 9, notice="…\n", closing="end\n") == "a\nb\nend\n"
    assert cut("aaa\nbbb\nccc\n", 11, notice="…\n", closing="end\n") == "aaa\n…\nend\n"


def test_department_text_stays_text(minimal: Path) -> None:
    title = "@all #1 !2 | <img src=x onerror=y> [a](http://x.cn) `b` **c** www.x.cn &lt; \\| :smile:"
    commit(minimal)
    another(minimal, "2026-fgj-002", title=title)
    edit(minimal, "catalogs/departments/fgj/department.yml", "小样区发展和改革局", '"a|b @c <i>"')
    edit(minimal, CATALOG, "item: 办事指南", 'item: "| x | @y\\n\\n# z"')
    said = report(minimal)
    assert_plain(said)
    assert title.replace("|", "｜") in spans(said)


@given(st.text())
def test_quotations_are_one_code_span_and_nothing_else(text: str) -> None:
    shown = quoted(text)
    assert "\n" not in shown and "|" not in shown
    line = f"- `a` {shown} · b"
    codes = spans(line)
    assert codes == (["a", shown.strip("`").strip()] if shown and "`" not in shown.strip("`") else codes)
    assert len(codes) == (2 if shown else 1)
    rows = spans("\n".join(table(["h", "i"], [[shown or "—", "`last`"]])))
    assert rows[-1] == "last" and len(rows) == len(codes)
    assert_plain(line)


def test_every_state_and_severity_has_its_words() -> None:
    assert {*STATE_WORDS} == {state.value for state in State}
    assert {*SEVERITY_WORDS} == {*Severity}


def spans(markdown: str) -> list[str]:
    return [token.content for token in tokens(markdown) if token.type == "code_inline"]


def tokens(markdown: str) -> list:  # type: ignore[type-arg]
    blocks = MarkdownIt("commonmark").enable(["table"]).parse(markdown)
    return [token for block in blocks for token in (block, *(block.children or ()))]


def assert_plain(markdown: str) -> None:
    """No HTML, link or image; outside of quotations no mention, reference or address."""
    found = tokens(markdown)
    assert not {token.type for token in found} & {"html_inline", "html_block", "link_open", "image", "fence", "code_block"}
    text = " ".join(token.content for token in found if token.type == "text")
    assert not re.search(r"[@#!<]|://|www\.", text), text
