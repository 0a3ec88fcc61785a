"""A language server of YAML, spoken to over its standard input and output."""
import json
import pathlib
import subprocess


class LanguageServer:
    """`command` begins one; what it is asked stands in `folder`."""

    def __init__(self, command, folder):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.requests = 0
        self.opened = 0
        self.diagnostics = {}  # what it said last of each document
        self.ask("initialize", {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": {
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}}, "workspace": {"configuration": True}}})
        self.tell("initialized", {})

    def send(self, message):
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        for line in iter(self.process.stdout.readline, b"\r\n"):
            if not line:
                raise EOFError("the language server has ended")
            name, value = line.decode().split(":")
            if name.lower() == "content-length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def answer_to(self, message):
        """Does what the server asks for, and notes what it says."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
            asked = message["params"]["items"] if message["method"] == "workspace/configuration" else None
            self.send({"id": message["id"], "result": asked and [settings.get(item.get("section")) for item in asked]})

    def tell(self, method, parameters):
        self.send({"method": method, "params": parameters})

    def ask(self, method, parameters):
        self.requests += 1
        self.send({"id": self.requests, "method": method, "params": parameters})
        while True:
            message = self.receive()
            if message.get("id") == self.requests and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"])
                return message["result"]
            self.answer_to(message)

    def open(self, name, text):
        """Opens a document of this name; gives its URI and what the server complains of: (line from 1, what is marked, message)."""
        uri = (self.folder / name).as_uri()
        self.diagnostics.pop(uri, None)
        self.opened += 1  # the server remembers what it made of a version
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": self.opened, "text": text}})
        while uri not in self.diagnostics:
            self.answer_to(self.receive())
        lines = [*text.split("\n"), ""]
        complaints = []
        for found in self.diagnostics[uri]:
            begin, end = found["range"]["start"], found["range"]["end"]
            marked = lines[begin["line"]][begin["character"]:end["character"] if end["line"] == begin["line"] else None]
            complaints.append((begin["line"] + 1, marked, found["message"]))
        return uri, complaints

    def offered(self, name, text):
        """What may stand at the mark | in a text."""
        before, after = text.split("|")
        uri, _ = self.open(name, before + after)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": position})
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return {item["label"] for item in (found["items"] if isinstance(found, dict) else found or [])}

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
