"""Makes pages of the documents where they lie, so that each link holds here and in the repository."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path
from posixpath import dirname, join, normpath

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
# Folders to whose files, or to which, documents link; elsewhere only documents and pictures are needed.
WHOLE = ("docs/", "events/", "examples/")
KINDS = {".md", ".svg", ".yaml", ".toml", ".csv", ""}
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
    paths = [path for path in tracked() if is_shown(path)]
    for path in paths:
        files.append(File.generated(config, path, abs_src_path=str(ROOT / path)))
    for folder, entries in folders_without_page(paths).items():
        lines = [f"- [{name}]({name})" for name in sorted(entries)]
        text = "\n".join(["---", "search: { exclude: true }", "---", f"# {folder}", "", *lines])
        files.append(File.generated(config, f"{folder}/README.md", content=text))
    return files


def tracked():
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


def is_shown(path):
    parts = Path(path).parts
    if any(part.startswith(".") for part in parts) or parts[0] == "site" or not (ROOT / path).is_file():
        return False
    return path.startswith(WHOLE) or (Path(path).suffix in KINDS and "src" not in parts)


def folders_without_page(paths):
    """Each with the names of its files and folders, so that a link to it leads to something."""
    entries = defaultdict(set)
    for path in (path for path in paths if path.startswith(WHOLE)):
        while "/" in path:
            folder, name = path.rsplit("/", 1)
            entries[folder].add(name if (ROOT / path).is_file() else f"{name}/README.md")
            path = folder
    return {folder: names for folder, names in entries.items() if "README.md" not in names}


def on_page_markdown(markdown, page, config, files):
    """A link to a folder leads to the page that describes it."""

    def of_folder(match):
        target = normpath(join(dirname(page.file.src_uri), match[1]))
        readme = join(match[1].rstrip("/"), "README.md")
        return readme + (match[2] or "") if (ROOT / target).is_dir() else match[0]

    return LINK.sub(of_folder, markdown)
