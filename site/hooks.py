"""Makes pages of the documents where they lie, so that each link holds here and in the repository."""

import re
import subprocess
from pathlib import Path
from posixpath import dirname, join, normpath

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
# Documents, pictures, and what documents link to.
KINDS = {".md", ".svg", ".yaml", ".json", ".ndjson", ".csv", ".toml", ""}
LINK = re.compile(r"(?<=]\()(?!https?:|#|mailto:)([^)\s#]+)(#[^)\s]*)?(?=\))")


def on_config(config):
    """Decisions need no names in the configuration: each is a page with a title of its own."""
    for section in config["nav"]:
        for name, first in section.items():
            if name == "Decisions":
                numbered = sorted((ROOT / "docs/decisions").glob("0*.md"))
                section[name] = [first, *(str(path.relative_to(ROOT)) for path in numbered)]
    config["watch"].extend(str(ROOT / place) for place in ("README.md", "docs", "events", "examples"))
    return config


def on_files(files, config):
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for path in tracked.stdout.splitlines():
        where = Path(path)
        hidden = any(part.startswith(".") for part in where.parts)
        if hidden or where.parts[0] == "site" or where.suffix not in KINDS or "src" in where.parts:
            continue
        if (ROOT / path).is_file():
            files.append(File.generated(config, path, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown, page, config, files):
    """A link to a folder leads to the page that describes it."""

    def of_folder(match):
        target = normpath(join(dirname(page.file.src_uri), match[1]))
        readme = join(match[1].rstrip("/"), "README.md")
        return readme + (match[2] or "") if (ROOT / target).is_dir() else match[0]

    return LINK.sub(of_folder, markdown)
