"""Draws docs/pictures/case.svg: bpmn/case.bpmn as bpmn-js shows it, for readers without an editor.

npm install --prefix var/drawing bpmn-js
python -m docs.pictures.case var/drawing/node_modules/bpmn-js [chromium]
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIAGRAM = ROOT / "bpmn" / "case.bpmn"
PICTURE = Path(__file__).parent / "case.svg"
#: Fonts that readers have; one of them knows Chinese on every system.
FONTS = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
PAGE = """<!doctype html><meta charset="utf-8"><div id="canvas" style="width: 1800px; height: 1100px"></div>
<script>%(program)s</script>
<script>
const font = {fontFamily: %(fonts)s, fontWeight: 400};
const viewer = new BpmnJS({
  container: "#canvas",
  bpmnRenderer: {defaultFillColor: "#ffffff", defaultStrokeColor: "#1e293b", defaultLabelColor: "#0f172a"},
  textRenderer: {defaultStyle: {...font, fontSize: 20}, externalStyle: {...font, fontSize: 13}},
});
viewer.importXML(%(diagram)s).then(() => viewer.saveSVG()).then(({svg}) => {
  document.documentElement.innerHTML = "<body></body>";
  document.body.textContent = "BEGIN" + btoa(unescape(encodeURIComponent(svg))) + "END";
});
</script>
"""


def main() -> None:
    """Write the picture."""
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    program = (Path(sys.argv[1]) / "dist" / "bpmn-viewer.production.min.js").read_text()
    page = PAGE % {"program": program, "fonts": json.dumps(FONTS), "diagram": _literal(_roomy(DIAGRAM.read_text()))}
    PICTURE.write_text(_tidied(_drawn(page, *sys.argv[2:])))


def _roomy(diagram: str) -> str:
    """The diagram with wider labels: fonts differ in width, and a label that breaks into lines covers others."""

    def wider(found: re.Match[str]) -> str:
        return f'{found[1]}<dc:Bounds x="{int(found[2]) - 10}" y="{found[3]}" width="{int(found[4]) + 20}"'

    return re.sub(r'(<bpmndi:BPMNLabel>\s*)<dc:Bounds x="(\d+)" y="(\d+)" width="(\d+)"', wider, diagram)


def _literal(text: str) -> str:
    """A text as a literal of a script inside a page."""
    return json.dumps(text).replace("</", "<\\/")


def _drawn(page: str, chromium: str = "chromium") -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"]
        command = [chromium, *options, f"--user-data-dir={folder}/profile", file.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603 - a browser
    found = re.search("BEGIN([A-Za-z0-9+/=]+)END", done.stdout)
    if found is None:
        raise SystemExit(f"{chromium} drew nothing")
    return base64.b64decode(found.group(1)).decode()


def _tidied(svg: str) -> str:
    """The picture without what only an editor needs, on a ground of its own, so that dark pages show it too."""
    svg = re.sub(r"<!DOCTYPE[^>]*>\n", "", svg)
    svg = re.sub(r'<[a-z]+ [^>]*class="djs-(?:hit|outline)[^>]*/>', "", svg)
    return svg.replace("<svg ", '<svg style="background: #ffffff" ', 1)


if __name__ == "__main__":
    main()
