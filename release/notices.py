"""What the libraries in the zips ask to be passed on: notices.py BOM LIB_FOLDER

Of each library in the zip its name, version and licences as the bill of materials has them, and the NOTICE and LICENSE files
of its jar; a text that several have stands once.
"""

import json
import sys
import zipfile
from pathlib import Path

components = json.loads(Path(sys.argv[1]).read_text())["components"]
jars = sorted(Path(sys.argv[2]).glob("*.jar"))
by_jar = {f"{component['name']}-{component['version']}.jar": component for component in components}
texts = {}

print("Libraries in the zips of nft-refresh\n")
for jar in jars:
    component = by_jar.get(jar.name)
    if component is None:
        sys.exit(f"{jar.name} is not in the bill of materials")
    given = [entry.get("license", entry) for entry in component.get("licenses", [])]
    names = [one.get("id") or one.get("name") or one.get("expression") for one in given]
    if not names:
        sys.exit(f"{jar.name} names no licence")
    print(f"{component.get('group', '')}:{component['name']} {component['version']}: {', '.join(names)}")
    with zipfile.ZipFile(jar) as archive:
        for name in sorted(archive.namelist()):
            last = name.rsplit("/", 1)[-1].upper()
            if last.split(".")[0] in {"NOTICE", "LICENSE"} and not last.endswith(".CLASS"):
                text = archive.read(name).decode("utf-8", "replace").strip()
                texts.setdefault(text, []).append(f"{jar.name}: {name}")

for text, places in texts.items():
    print("\n" + "=" * 100)
    print("\n".join(places) + "\n")
    print(text)
