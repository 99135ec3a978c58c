"""From a kernel's messages to the outputs of a cell as a notebook stores them, within bounds."""

from ..checks import RECORD

MOST_TEXT = 20_000  # characters that a cell may print, and of one text that it shows
MOST_TRACEBACK, MOST_LINE, MOST_NAME = 60, 2_000, 100  # of an error: lines, and characters
MOST_OUTPUTS = 50  # of one cell
MOST_RECORD = 1_000_000  # characters
MOST_RECORDS = 2  # a check has one; two tell that something is wrong
MOST_PICTURE = 2_000_000  # characters of one picture, and twice that in a notebook
PICTURES = ("image/png", "image/jpeg")
LEFT_OUT = "(A picture was left out here: too large, or one of too many.)"


class Outputs:
    """Outputs of the cells of one notebook; `take` gives those of a cell and starts the next."""

    def __init__(self):
        self.pictures = 2 * MOST_PICTURE
        self.take()

    def take(self):
        taken = getattr(self, "outputs", [])
        self.outputs, self.named, self.clearing, self.printed = [], {}, False, 0
        return taken

    def receive(self, kind, content):
        """One message to those who listen to a kernel; most kinds of them are not outputs."""
        if kind == "clear_output":
            self.clearing = True
            if not content.get("wait"):
                self.clear()
        elif kind == "stream":
            self.stream(content["name"], content["text"])
        elif kind in ("display_data", "execute_result"):
            self.display(content)
        elif kind == "update_display_data":
            if shown := self.named.get(content.get("transient", {}).get("display_id")):
                shown["data"] = self.bounded(content["data"])
        elif kind == "error":
            lines = [str(line)[:MOST_LINE] for line in content["traceback"][:MOST_TRACEBACK]]
            name, value = content["ename"][:MOST_NAME], content["evalue"][:MOST_LINE]
            error = {"ename": name, "evalue": value, "traceback": lines}
            self.add({"output_type": "error"} | error)

    def add(self, output):
        if self.clearing:
            self.clear()
        is_record = RECORD in output.get("data", {})
        alike = [o for o in self.outputs if (RECORD in o.get("data", {})) == is_record]
        if len(alike) < (MOST_RECORDS if is_record else MOST_OUTPUTS):
            self.outputs.append(output)

    def clear(self):
        records = [output for output in self.outputs if RECORD in output.get("data", {})]
        self.outputs, self.clearing, self.printed = records, False, 0

    def stream(self, name, text):
        if self.clearing:
            self.clear()
        text = text[: MOST_TEXT - self.printed]
        self.printed += len(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("name") == name:
            last["text"] += text
        elif text:
            self.add({"output_type": "stream", "name": name, "text": text})

    def display(self, content):
        data = self.bounded(content["data"])
        output = {"output_type": "display_data", "data": data, "metadata": {}}
        self.add(output)
        if name := content.get("transient", {}).get("display_id"):
            self.named[name] = output

    def bounded(self, data):
        if RECORD in data:
            return {RECORD: str(data[RECORD])[:MOST_RECORD]}
        kept = {"text/plain": str(data["text/plain"])[:MOST_TEXT]} if "text/plain" in data else {}
        for kind in PICTURES:
            if kind in data:
                size = len(data[kind])
                if size > min(MOST_PICTURE, self.pictures):
                    kept["text/plain"] = LEFT_OUT
                else:
                    self.pictures -= size
                    kept[kind] = data[kind]
        return kept
