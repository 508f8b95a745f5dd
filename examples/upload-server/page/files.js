// What comes in: files with their paths, also from folders that are dropped.

/**
 * Returns the files of a drop, and in words what cannot be uploaded of it.
 *
 * @param {DataTransfer} transfer
 * @returns {Promise<{files: {file: File, path: string}[], notes: string[]}>}
 */
export async function dropped(transfer) {
  // Without a pause in between: the list is empty once the event is over.
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found = { files: [], empty: [], unreadable: [] };
  for (const entry of entries) await collect(entry, "", found);
  const notes = [];
  if (found.empty.length > 0) notes.push(`Without files, so there is nothing to upload: ${found.empty.join(", ")}`);
  if (found.unreadable.length > 0) notes.push(`Not uploaded, because it cannot be read: ${found.unreadable.join(", ")}`);
  return { files: found.files, notes };
}

async function collect(entry, folder, found) {
  const path = folder + entry.name;
  try {
    if (entry instanceof File) {
      found.files.push({ file: entry, path });
    } else if (entry.isFile) {
      found.files.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path });
    } else {
      const children = await childrenOf(entry);
      if (children.length === 0) found.empty.push(path);
      for (const child of children) await collect(child, `${path}/`, found);
    }
  } catch {
    found.unreadable.push(path);
  }
}

/** A reader returns some entries at a time, and none at the end. */
async function childrenOf(directory) {
  const reader = directory.createReader();
  const children = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

/** Returns the path, or if it is taken, one such as `a (2).png`: files of one name must not replace each other. */
export function freePath(path, taken) {
  let free = path;
  for (let number = 2; taken.has(free); number++) {
    free = path.replace(/(\.[^./]*)?$/, (extension) => ` (${number})${extension}`);
  }
  return free;
}
