"""Rows that were settled become items: files read in worker processes, numbers given in the order of the list, all written at the end."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.documents.item import attachment_name, given_by
from mulu.documents.kinds import OTHERWISE, kind_of
from mulu.documents.opened import Opened, opened
from mulu.documents.read import Document, document_of
from mulu.documents.word import converted
from mulu.files.crew import crew
from mulu.legacy.plan import Outcome, Plan, Planned
from mulu.model.district import Department
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.start.item import Serials, item_file, required_keys, serials
from mulu.start.written import Refused, WrittenFile
from mulu.start.yaml_text import Noted, Written

CHUNK = 20
"""Rows of one piece of work."""

Progress = Callable[[int, int], None]


class Job(msgspec.Struct, frozen=True):
    """One row to be made, with the numbers that it gets and the docx that stands for each old Word file."""

    place: int
    row: Planned
    body: Department
    number: int
    aside: str
    old: Mapping[str, str]


class MadeRow(msgspec.Struct, frozen=True):
    """What became of a job: the item's text and where its files wait, or why it could not be made."""

    place: int
    path: str = ""
    content: str = ""
    beside: Mapping[str, str] = {}
    reason: Text | None = None


def made(
    root: Path, repository: Repository, settled: Plan, aside: Path, *, workers: int = 1,
    progress: Progress = lambda done, total: None,
) -> tuple[Plan, tuple[WrittenFile, ...]]:  # fmt: skip
    """The plan with the ids that were given and with rows left out whose file cannot be used, and every file to be written.

    Pictures wait in the folder `aside` until then; nothing below `root` changes.
    """
    jobs = list(_jobs(root, repository, settled, aside))
    rows = list(settled.rows)
    files: list[WrittenFile] = []
    for count, each in enumerate(_worked(jobs, workers), 1):
        row = rows[each.place]
        if each.reason is not None:
            rows[each.place] = msgspec.structs.replace(row, outcome=Outcome.LEFT_OUT, reason=each.reason, id="")
        else:
            rows[each.place] = msgspec.structs.replace(row, id=Path(each.path).stem)
            files.append(WrittenFile(each.path, each.content))
            folder = each.path.removesuffix(".md")
            files += [WrittenFile(f"{folder}/{name}", Path(source)) for name, source in each.beside.items()]
        progress(count, len(jobs))
    return msgspec.structs.replace(settled, rows=tuple(rows)), tuple(files)


def work(jobs: tuple[Job, ...]) -> list[MadeRow]:
    """Read the files of some rows and write their items' text; runs in a worker."""
    return [_made_row(job) for job in jobs]


def _jobs(root: Path, repository: Repository, settled: Plan, aside: Path) -> Iterator[Job]:
    rows = [(place, row) for place, row in enumerate(settled.rows) if row.outcome is Outcome.MADE]
    old = _old_word(
        [Path(file) for _, row in rows for file in row.files[:1] if file.lower().endswith((".doc", ".wps", ".rtf"))], aside
    )
    used: dict[tuple[str, int], Serials] = {}
    for place, row in rows:
        assert row.published is not None
        body = repository.departments[row.department]
        year = row.published.year
        known = used.get((body.code, year)) or serials(root, repository, body, year)
        number = max(known.ids, known.numbers) + 1
        used[body.code, year] = Serials(number, number)
        chosen = msgspec.structs.replace(row, id=f"{year}-{body.code}-{number:03}")
        yield Job(place, chosen, body, number, str(aside), {name: old[name] for name in row.files[:1] if name in old})


def _old_word(paths: Sequence[Path], aside: Path) -> dict[str, str]:
    """Old Word files converted, many at a time; none where LibreOffice is not installed."""
    found: dict[str, str] = {}
    with contextlib.suppress(FileNotFoundError):
        for path, docx in converted(paths, aside).items() if paths else ():
            found[str(path)] = str(docx)
    return found


def _worked(jobs: Sequence[Job], workers: int) -> Iterator[MadeRow]:
    chunks = [tuple(jobs[start : start + CHUNK]) for start in range(0, len(jobs), CHUNK)]
    with crew(work, workers=workers if len(chunks) > 1 else 1) as by_crew:
        for done in by_crew(chunks):
            yield from done


def _made_row(job: Job) -> MadeRow:
    try:
        originals = [opened(Path(file)) for file in job.row.files]
        main = originals[0]
        text = opened(Path(job.old[job.row.files[0]])) if job.row.files[0] in job.old else main
        document = _read(main, text)
    except Refused as refused:
        return MadeRow(job.place, reason=refused.text)
    except OSError as gone:
        return MadeRow(job.place, reason=Text(f"读不了 {gone.filename}", f"cannot read {gone.filename}"))
    names = [attachment_name(each) for each in originals]
    attached = {name: str(each.path) for name, each in zip(names, originals, strict=True) if name}
    unfit = [
        each.path.name for name, each in zip(names, originals, strict=True) if name is None and not (document and each is main)
    ]
    if unfit:
        said = f"{unfit[0]} 不能作为附件公开：格式不允许，或者扩展名与内容不符"
        return MadeRow(
            job.place, reason=Text(said, f"{unfit[0]} cannot be published: wrong format, or its name says something else")
        )
    return _item(job, document, attached)


def _read(main: Opened, text: Opened) -> Document | None:
    """The text of a Word file, page or Markdown; None for a file that is attached as it is."""
    markdown = text.kind == "text" and text.path.suffix.lower() in (".md", ".txt")
    if text.kind not in ("docx", "html") and not markdown:
        return None
    return document_of(Opened(main.path, text.content, text.kind))


def _item(job: Job, document: Document | None, attached: Mapping[str, str]) -> MadeRow:
    row, line = job.row, job.row.line
    given: dict[str, Written] = dict(given_by(document)) if document else {}
    if line.number:
        given["document_number"] = line.number
    if line.issuers:
        given["issuers"] = tuple(dict.fromkeys(each for each in line.issuers.replace("，", "、").split("、") if each.strip()))
    if row.formed:
        given["formed"] = row.formed
    if "formed" not in given:
        said = Text("名单没有成文日期，文件里也读不出", "no date of formation in the list, nor in the file")
        return MadeRow(job.place, reason=said)
    if row.period:
        year = str(row.period)
        given["period"] = int(year) if year.isdigit() else year
    given["kind"] = _kind(line.title, given)
    if attached:
        given["attachments"] = [{"file": name} for name in attached]
    pictures = {picture.name: _aside(job, picture.name, picture.content) for picture in document.pictures} if document else {}
    answers: list[Written] = [_answer(each.entry, each.elements, each.why) for each in row.answers]
    given["entries"] = answers or Noted((), "人工决定：不对应目录事项")
    assert row.published is not None
    text = document.body if document else "\n".join(f"- [{Path(name).stem}]({name})" for name in attached)
    file = item_file(job.body, row.id, job.number, line.title, _plain(given["kind"]), (), row.published, given, text)
    assert isinstance(file.content, str)
    return MadeRow(job.place, file.path, file.content, {**pictures, **attached})


def _kind(title: str, given: Mapping[str, Written]) -> Written:
    """The kind that the title names, if everything that it demands is known."""
    kind = kind_of(title)
    always = {"id", "index_number", "title", "kind", "entries", "published", "issuers"}
    lacking = [key for key in required_keys(kind) if key not in given and key not in always]
    if not lacking:
        return Noted(kind, f"{titles('item', 'kind')[kind]}；按标题推测，请核对")
    name = titles("item", "kind")[kind]
    return Noted(OTHERWISE, f"标题像是“{name}”，改成 {kind} 还要补上 {'、'.join(lacking)}")


def _answer(entry: str, elements: tuple[str, ...], why: Text) -> Written:
    return {"entry": Noted(entry, why.zh), "elements": list(elements)} if elements else Noted(entry, why.zh)


def _plain(value: Written) -> str:
    return str(value.value) if isinstance(value, Noted) else str(value)


def _aside(job: Job, name: str, content: bytes) -> str:
    folder = Path(job.aside) / job.row.id
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return str(folder / name)


def waiting_room(root: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for pictures and converted files, beside what is kept below `.mulu`; it goes when it is closed."""
    (root / ".mulu").mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="legacy-", dir=root / ".mulu")
