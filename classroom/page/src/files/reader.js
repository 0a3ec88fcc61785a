// Reads a result of Kith in a worker. It is sent {library, wasm: h5wasm, bytes, wanted: {table: [variable]}} once, and answers as the
// engine does (src/engine): {title, fingerprint, command, resolved, warnings, tables}.

// The dimensions of a variable: names of the scales that are attached to it.
function dimensionsOf(dataset) {
  return dataset.shape.map((_, axis) => dataset.get_attached_scales(axis)[0]?.split("/").at(-1));
}

function coordinate(group, name) {
  const scale = group.get(name);
  return { name, title: scale.attrs.long_name?.value ?? name, unit: scale.attrs.units?.value ?? "", coordinate: Array.from(scale.value, (value) => (typeof value === "bigint" ? Number(value) : value)) };
}

function read(group, wanted) {
  const growing = group.attrs.growing?.value ?? "";
  const there = group.keys();
  const variables = wanted.filter((name) => there.includes(name)).map((name) => {
    const dataset = group.get(name);
    return { name, title: dataset.attrs.long_name?.value ?? name, unit: dataset.attrs.units?.value ?? "", dimensions: dimensionsOf(dataset), values: dataset.value };
  });
  const used = [...new Set(variables.flatMap(({ dimensions }) => dimensions))];
  const scales = used.map((name) => coordinate(group, name));
  const at = (name) => scales.find((one) => one.name === name)?.coordinate ?? [];
  const replicates = at("replicate").length ? at("replicate") : [0];
  const times = growing ? at(growing) : [];
  return {
    name: group.path.slice(1), title: group.attrs.long_name?.value ?? "", growing, variables,
    dimensions: scales.filter(({ name }) => name !== "replicate" && name !== growing),
    replicates: growing ? replicates.flatMap((one) => times.map(() => one)) : replicates,
    coordinates: growing ? replicates.flatMap(() => times) : [],
  };
}

function opened(bytes, wanted) {
  h5wasm.FS.writeFile("/result.h5", new Uint8Array(bytes));
  const file = new h5wasm.File("/result.h5", "r");
  if (!file.attrs.kith_version) return { error: "other" };
  const text = (name) => file.get(`provenance/${name}`)?.value ?? "";
  const tables = Object.fromEntries(Object.entries(wanted).filter(([name]) => file.keys().includes(name)).map(([name, variables]) => [name, read(file.get(name), variables)]));
  const warnings = file.attrs.warnings?.value;
  return {
    title: file.attrs.title?.value ?? "", fingerprint: file.attrs.fingerprint?.value ?? "", command: text("command_line"), resolved: text("scenario_resolved"),
    warnings: warnings ? warnings.split("\n") : [], tables,
  };
}

self.onmessage = async ({ data }) => {
  try {
    self.h5wasmBinary = new Uint8Array(data.wasm);
    importScripts(URL.createObjectURL(new Blob([data.library], { type: "text/javascript" })));
    await h5wasm.ready;
    self.postMessage(opened(data.bytes, data.wanted));
  } catch (problem) {
    self.postMessage({ error: String(problem) });
  }
};
