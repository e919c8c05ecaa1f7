"""A deterministic content repository of any size: N items, N/8 entries, 40 departments, 20 fields, 10 years."""

import random
import shutil
from pathlib import Path

import yaml

DEPARTMENTS, FIELDS, YEARS = 40, 20, range(2016, 2026)
_WORDS = [
    "项目",
    "审批",
    "资金",
    "补贴",
    "救助",
    "规划",
    "建设",
    "公示",
    "标准",
    "流程",
    "材料",
    "期限",
    "机构",
    "监督",
    "结果",
    "对象",
    "范围",
    "依据",
    "申请",
    "受理",
    "审核",
    "发放",
    "调整",
    "预算",
    "决算",
]
_CODE = "11330299MB0A{:05}X"


def write(root: Path, items: int, *, seed: int = 1) -> None:
    """Write `items` items below `root`; the same arguments give the same bytes."""
    chance = random.Random(seed)
    shutil.rmtree(root, ignore_errors=True)
    catalogs = root / "catalogs"
    top = Path(__file__).parents[1]
    shutil.copytree(top / "catalogs" / "pages", catalogs / "pages")
    shutil.copy(top / "mkdocs.yml", root)
    shutil.copy(top / "catalogs" / "site.yml", catalogs)
    _dump(catalogs / "fields.yml", {"fields": [{"code": f"f{n}", "name": f"领域{n}"} for n in range(FIELDS)]})
    entries = _catalogs(catalogs, max(items // 8, DEPARTMENTS))
    for number in range(items):
        _item(catalogs, number, entries[number % len(entries)], chance)


def _catalogs(catalogs: Path, count: int) -> list[tuple[str, str]]:
    made: list[tuple[str, str]] = []
    tables: dict[tuple[int, int], list[dict[str, object]]] = {}
    for number in range(count):
        department, field = number % DEPARTMENTS, (number // DEPARTMENTS + number) % FIELDS
        made.append((f"d{department}", f"e{number}"))
        tables.setdefault((department, field), []).append(
            {
                "id": f"e{number}", "topic": f"一级事项{number % 7}", "item": f"二级事项{number}", "elements": ["名称", "内容", "期限"],
                "basis": [{"title": "中华人民共和国政府信息公开条例"}], "time_limit": "信息形成或者变更之日起20个工作日内",
                "responsible": [f"单位{department}"], "channels": ["政府网站"], "audience": ["全社会"], "method": "主动公开", "levels": ["区级"],
            }
        )  # fmt: skip
    for (department, field), entries in tables.items():
        _dump(catalogs / f"departments/d{department}/catalog/f{field}.yml", {"field": f"f{field}", "entries": entries})
    for number in range(DEPARTMENTS):
        about = {
            "name": f"单位{number}",
            "level": "区级",
            "credit_code": _CODE.format(number),
            "address": "某路1号",
            "hours": "工作日",
            "phone": "0000",
        }
        _dump(catalogs / f"departments/d{number}/department.yml", about)
    return made


def _item(catalogs: Path, number: int, entry: tuple[str, str], chance: random.Random) -> None:
    department, id = entry
    year = YEARS[number % len(YEARS)]
    day = f"{year}-{1 + number % 12:02}-{1 + number % 28:02}"
    metadata = {
        "id": f"i{number}", "index_number": f"{_CODE.format(int(department[1:]))}/{year}-{number % 100000:05}", "title": f"关于{_text(chance, 8)}的通知（{number}）",
        "kind": "document", "entries": [id], "issuers": [f"单位{department[1:]}"], "formed": day, "published": day,
        "summary": _text(chance, 20), "subject": "综合政务", "review": {"by": "办公室", "on": day},
    }  # fmt: skip
    body = "\n\n".join(
        [f"各有关单位：\n\n{_text(chance, 60)}。", f"## 一、{_text(chance, 4)}", *(f"{_text(chance, 50)}。" for _ in range(4)),
         "- " + "\n- ".join(_text(chance, 12) for _ in range(3)), "| 序号 | 名称 | 金额 |\n|--|--|--|\n" + "\n".join(f"| {row} | {_text(chance, 3)} | {row}00 |" for row in range(4)),
         f"[有关信息](item:i{max(0, number - 1)})"]
    )  # fmt: skip
    path = catalogs / f"departments/{department}/items/{year}/i{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{yaml.safe_dump(metadata, allow_unicode=True, sort_keys=False)}---\n{body}\n", "utf-8")


def _text(chance: random.Random, words: int) -> str:
    return "".join(chance.choice(_WORDS) for _ in range(words))


def _dump(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
