// Asks a yaml-language-server about a document, as an editor does: node language_server.mjs SERVER FILE LINE COLUMN
// prints {"diagnostics": [...], "completions": [...]}; line and column count from 0.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [server, file, line, column] = process.argv.slice(2);
const child = spawn(process.execPath, [server, "--stdio"]);
const waiting = new Map();
let number = 0, buffer = Buffer.alloc(0), told;
const diagnosed = new Promise(done => { told = done; });

function send(message) {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}
function ask(method, params) {
  const id = ++number;
  send({ id, method, params });
  return new Promise(done => waiting.set(id, done));
}
function read(message) {
  if (message.method === "textDocument/publishDiagnostics") told(message.params.diagnostics);
  else if (message.method && message.id !== undefined)
    send({ id: message.id, result: message.method === "workspace/configuration" ? message.params.items.map(() => null) : null });
  else if (waiting.has(message.id)) { waiting.get(message.id)(message.result); waiting.delete(message.id); }
}
child.stdout.on("data", data => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const size = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
    if (buffer.length < head + 4 + size) return;
    const body = buffer.subarray(head + 4, head + 4 + size).toString();
    buffer = buffer.subarray(head + 4 + size);
    read(JSON.parse(body));
  }
});

const textDocument = { uri: pathToFileURL(file).href };
const capabilities = { textDocument: { completion: {}, publishDiagnostics: {} } };
await ask("initialize", { processId: process.pid, rootUri: null, capabilities });
send({ method: "initialized", params: {} });
send({ method: "textDocument/didOpen", params: { textDocument: {
  ...textDocument, languageId: "yaml", version: 1, text: readFileSync(file, "utf8") } } });
const diagnostics = await diagnosed;
const answer = await ask("textDocument/completion", { textDocument, position: { line: Number(line), character: Number(column) } });
console.log(JSON.stringify({ diagnostics, completions: (answer?.items ?? answer ?? []).map(each => each.label) }));
child.kill();
