// The types of files: which one a file has, and how people call it.

/** Types whose second half is not their name or not their extension: the name, then the extensions. */
const SPECIAL = {
  "image/jpeg": ["JPEG", "jpg", "jpeg", "jfif"],
  "image/webp": ["WebP", "webp"],
  "text/plain": ["text", "txt", "log"],
  "text/markdown": ["Markdown", "md"],
  "audio/mpeg": ["MP3", "mp3"],
  "video/mp4": ["MP4", "mp4", "m4v"],
  "video/webm": ["WebM", "webm"],
  "video/quicktime": ["QuickTime", "mov"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["Word", "docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["Excel", "xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["PowerPoint", "pptx"],
};

/** `image/svg+xml` is SVG, with the extension `svg`. */
function describe(type) {
  const short = type.split("/").at(-1).split("+")[0].split(".").at(-1).replace(/^x-/, "");
  return SPECIAL[type] ?? [short.toUpperCase(), short];
}

const nameOf = (type) => describe(type)[0];
const extensionsOf = (type) => describe(type).slice(1);

/**
 * Returns the permitted type that a file has, if any. Browsers get types from the system, which may have another name
 * (`application/x-zip-compressed`) or none, so that the extension decides.
 */
export function typeOf(file, permitted) {
  const reported = file.type.split(";")[0].trim();
  if (permitted.includes(reported)) return reported;
  const extension = file.name.match(/\.([^.]+)$/)?.[1].toLowerCase();
  return permitted.find((type) => extensionsOf(type).includes(extension));
}

/** The type of a file in words: `PNG`. */
export function kindOf(file, permitted = []) {
  const type = typeOf(file, permitted) ?? file.type;
  return type ? nameOf(type) : "unknown type";
}

/** `PNG, JPEG, or PDF` */
export const namesOf = (types, conjunction) =>
  new Intl.ListFormat("en", { type: conjunction === "or" ? "disjunction" : "conjunction" }).format(types.map(nameOf));

/** What a file chooser should offer. Types alone would hide the files whose type the system does not know. */
export const acceptOf = (types) => types.flatMap((type) => [type, ...extensionsOf(type).map((ext) => `.${ext}`)]).join();
