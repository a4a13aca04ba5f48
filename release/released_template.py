"""The template with zips in the place of sources: released_template.py template.yaml"""

import re
import sys
from pathlib import Path

ZIPS = {"RefreshFunction": "refresh-function.zip", "BulkLoadFunction": "bulk-load-function.zip"}

text = Path(sys.argv[1]).read_text()
for function, zipped in ZIPS.items():
    # From the resource's name to the next one's.
    resource = re.compile(rf"(?ms)^  {function}:\n(?:(?!^  \w).)*")
    text, found = resource.subn(lambda match: re.sub(r"(?m)^(\s+)CodeUri: function/$", rf"\1CodeUri: {zipped}", match[0]), text)
    if found != 1 or f"CodeUri: {zipped}\n" not in text:
        sys.exit(f"{function} has no CodeUri: function/")
# How SAM would build it, which nobody needs to do any more.
text = re.sub(r"(?m)^\s+BuildMethod: makefile[^\n]*\n", "", text)
if "function/" in re.sub(r"#.*", "", text):
    sys.exit("the template still names the sources")
sys.stdout.write(text)
