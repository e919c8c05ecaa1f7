"""A rule's page in the terminal."""

from mulu.checks.explain import Example, explanation
from mulu.diagnostics import Fault


def explained(fault: Fault, *, lang: str) -> str:
    """Code, prose and both examples."""
    page = explanation(fault.code)
    zh = lang == "zh"
    parts = [f"{fault.code} {fault.name} ({fault.severity})", page.zh if zh else page.en]
    for title, examples in (("错误的例子" if zh else "Wrong", page.wrong), ("正确的例子" if zh else "Right", page.right)):
        parts += [f"{title}：" if zh else f"{title}:", *(_indented(each) for each in examples)]
    return "\n\n".join(parts) + "\n"


def _indented(example: Example) -> str:
    lines = [f"  {' '.join([example.path, *example.options])}", *(f"    {line}" for line in example.text.splitlines())]
    return "\n".join(lines)
