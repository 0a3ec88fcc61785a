// Which lessons have been done while the page is open.
const done = new Set();
export const markDone = (name) => done.add(name);
export const isDone = (name) => done.has(name);
