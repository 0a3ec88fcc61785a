// The engine in a worker. Before it stands emscripten's createKith; it is sent {wasm} once, then {id, call, texts}.

const types = { float32: Float32Array, float64: Float64Array, int8: Int8Array, int32: Int32Array, int64: BigInt64Array };
let engine;

function text(words) {
  const bytes = engine.lengthBytesUTF8(words) + 1;
  const at = engine._malloc(bytes);
  engine.stringToUTF8(words, at, bytes);
  return at;
}

// Numbers of the engine's memory, copied: they are the page's.
function copied(answer) {
  const buffers = [];
  const memory = engine.HEAPU8.buffer;
  for (const table of Object.values(answer.tables ?? {})) {
    for (const variable of table.variables) {
      if (variable.values) continue;
      const Type = types[variable.type];
      variable.values = new Type(memory.slice(variable.at, variable.at + variable.count * Type.BYTES_PER_ELEMENT));
      buffers.push(variable.values.buffer);
      delete variable.at;
      delete variable.count;
    }
  }
  return buffers;
}

self.onmessage = async ({ data }) => {
  if (data.wasm) {
    try {
      engine = await createKith({ wasmBinary: data.wasm });
      self.postMessage({ ready: true });
    } catch (problem) {
      self.postMessage({ ready: false, problem: String(problem) });
    }
    return;
  }
  let shown = 0;
  engine.progress = (share) => {
    if (share - shown < 0.02 && share < 1) return;
    shown = share;
    self.postMessage({ id: data.id, progress: share });
  };
  const start = performance.now();
  const at = data.texts.map(text);
  try {
    const answer = JSON.parse(engine.UTF8ToString(engine[`_kith_${data.call}`](...at)));
    answer.milliseconds = performance.now() - start;
    self.postMessage({ id: data.id, answer }, copied(answer));
  } catch (problem) {
    self.postMessage({ id: data.id, answer: { error: String(problem) } });
  } finally {
    at.forEach((one) => engine._free(one));
  }
};
