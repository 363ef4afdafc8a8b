from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from needs import verapdf
from report_samples import HOSTILE, empty_report, full_report, hostile_report, long_report
from reports.errors import InvalidReport
from reports.render.as_pdf import render_pdf
from reports.suppression import suppress

WORLDS = {
    "full": full_report(),
    "hostile": hostile_report(),
    "empty": empty_report(),
    "long": long_report(80),
    "public": suppress(full_report()),
}


def test_pdfs_are_accessible_by_the_letter_of_the_standard(tmp_path: Path) -> None:
    command = verapdf()
    paths = []
    for name, report in WORLDS.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(render_pdf(report))
        paths.append(path)
    plain = tmp_path / "no.pdf"
    plain.write_bytes(_without_tags(paths[0].read_bytes()))
    arguments = ["--flavour", "ua1", "--format", "text", *map(str, [*paths, plain])]
    run = subprocess.run(
        [*command, *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    verdicts = {
        Path(line.split()[1]).stem: line.split()[0]
        for line in run.stdout.splitlines()
        if line.startswith(("PASS", "FAIL"))
    }
    # The last shows that the checker is one: it has lost what says that it is tagged.
    assert verdicts == {**dict.fromkeys(WORLDS, "PASS"), "no": "FAIL"}, run.stdout + run.stderr


def _without_tags(pdf: bytes) -> bytes:
    assert b"/Marked true" in pdf
    return pdf.replace(b"/Marked true", b"/Marked null")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_pdf(full_report()) == render_pdf(full_report())
    later = replace(full_report(), previous_hash="c" * 64)
    assert render_pdf(later) != render_pdf(full_report())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_file(text: str) -> None:
    report = full_report((text,), text)
    assert render_pdf(replace(report, introduction=text)).startswith(b"%PDF-")


def test_a_title_longer_than_a_page_can_be_set() -> None:
    report = empty_report()
    title = replace(report.settings, title="x" * 20_000)
    assert render_pdf(replace(report, settings=title)).startswith(b"%PDF-")


def test_a_report_whose_parts_do_not_fit_is_refused() -> None:
    with pytest.raises(InvalidReport):
        render_pdf(replace(full_report(), tables=()))
