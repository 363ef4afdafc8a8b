"""Bring third-party CSS and JavaScript from npm into web/static/vendor/, with their licences.

Run by ``make``; nothing of it is committed or written by hand. The versions and checksums are
those of package-lock.json. From GOV.UK Frontend the crest, the fonts and the name of the GDS
typeface are taken out: gofar is no government service and must not look like one.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "web" / "static" / "vendor"
LICENCES = VENDOR / "LICENCES.txt"
STAMP = MODULES / ".gofar-installed"

MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

# What is copied: package -> (copyright line, files from its folder). The npm package of
# GOV.UK Frontend carries no licence file, so the line is that of its repository.
ASSETS = {
    "govuk-frontend": (
        "Copyright (C) 2017 Crown Copyright (Government Digital Service)",
        ("dist/govuk/govuk-frontend.min.css", "dist/govuk/govuk-frontend.min.js"),
    ),
}


class SetUpFailed(Exception):
    """Set-up can't go on; the message is one line for a person."""


def main() -> int:
    """Install the packages and copy what the pages use; return the exit status."""
    try:
        if not installed():
            install()
        copy_assets()
    except SetUpFailed as error:
        print(f"vendor: {error}", file=sys.stderr)
        return 1
    return 0


def fingerprint() -> str:
    """Return what the installed packages must correspond to."""
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()


def installed() -> bool:
    """Tell whether node_modules already holds what package-lock.json asks for."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint()


def install() -> None:
    """Run ``npm ci``, with the npm of a Python wheel where the machine has none."""
    print("Installing CSS and JavaScript with npm ...")
    command = [*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        why = (result.stderr.strip() or result.stdout.strip() or "no message").splitlines()[0]
        raise SetUpFailed(
            f"npm could not install the CSS and JavaScript ({why}). "
            "Check the connection to the npm registry, then run the same command again."
        )
    STAMP.write_text(fingerprint(), encoding="utf-8")


def npm() -> list[str]:
    """Return the command line of npm, installing one into the environment if need be."""
    found = shutil.which("npm")
    if found:
        return [found]
    local = Path(sys.executable).parent / ("npm.exe" if sys.platform == "win32" else "npm")
    if not local.is_file():
        print("npm is missing: installing one into the environment ...")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        lock = ["--require-hashes", "--only-binary", ":all:", "-r", "requirements-node.lock"]
        result = subprocess.run(
            [*pip, *lock], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if result.returncode or not local.is_file():
            raise SetUpFailed("npm is missing and can't be installed here: install Node.js.")
    return [str(local)]


def copy_assets() -> None:
    """Copy the listed files, cleaned, and write the list of licences beside them."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    notices = ["Third-party files in this folder, copied by scripts/vendor.py.\n"]
    for package, (notice, files) in ASSETS.items():
        folder = MODULES / package
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        if about["license"] != "MIT":
            raise SetUpFailed(f"{package} is now under {about['license']}: look at its licence.")
        names = ", ".join(Path(file).name for file in files)
        notices.append(f"{package} {about['version']}, MIT ({names})\n\n{notice}\n\n{MIT}")
        for file in files:
            text = (folder / file).read_text(encoding="utf-8")
            cleaned = clean_css(text) if file.endswith(".css") else without_source_map(text)
            (VENDOR / Path(file).name).write_text(cleaned, encoding="utf-8")
    LICENCES.write_text("\n".join(notices), encoding="utf-8")


def clean_css(text: str) -> str:
    """Take fonts, crest and the GDS typeface out of a minified style sheet."""
    text = re.sub(r"@font-face\{[^}]*\}", "", without_source_map(text))
    text = re.sub(r"[\w-]+:[^;{}]*url\([^)]*\)[^;{}]*;?", "", text)
    text = text.replace("GDS Transport,", "")
    if re.search(r"url\(|@import|GDS Transport", text):
        raise SetUpFailed("the new GOV.UK style sheet still names a font or a picture: clean_css.")
    return text


def without_source_map(text: str) -> str:
    """Drop the pointer to a source map, which is not copied."""
    return re.sub(r"\s*(/\*|//)# sourceMappingURL=[^\s*]*( \*/)?\s*\Z", "\n", text)


if __name__ == "__main__":
    sys.exit(main())
