// Opens a result of Kith that somebody has as a file: HDF5, read by h5wasm in a worker that goes when it has answered.
import readerSource from "./reader.js?raw";
import { Table, unpacked } from "../engine/engine.js";

const packed = JSON.parse(document.getElementById("reader").textContent);
const most = 300e6; // bytes: a page holds a file and its numbers in memory

const signature = "137,72,68,70,13,10,26,10"; // with which an HDF5 file begins

let source;

// What the engine's `run` answers, with `command`; or {error: "large" | "other" | what went wrong}. `wanted`: the variables of each table that are read where they are there.
export async function openResult(file, wanted) {
  if (file.size > most) return { error: "large" };
  if (String(new Uint8Array(await file.slice(0, 8).arrayBuffer())) !== signature) return { error: "other" };
  source ??= URL.createObjectURL(new Blob([readerSource], { type: "text/javascript" }));
  const worker = new Worker(source);
  const [library, wasm, bytes] = await Promise.all([unpacked(packed.library), unpacked(packed.wasm), file.arrayBuffer()]);
  const answer = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ error: message });
    worker.postMessage({ library, wasm, bytes, wanted }, [library, wasm, bytes]);
  });
  worker.terminate();
  for (const [name, table] of Object.entries(answer.tables ?? {})) answer.tables[name] = new Table(table);
  return answer;
}
