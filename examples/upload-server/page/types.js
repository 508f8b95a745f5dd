// The types of files: which one a file has, and how people call it.

/**
 * Types whose second half is not their name or not their extension: the name, then the extensions.
 *
 * Source: [Common media types](https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/MIME_types/Common_types).
 */
const SPECIAL = {
  "image/jpeg": ["JPEG", "jpg", "jpeg", "jfif"],
  "image/tiff": ["TIFF", "tif", "tiff"],
  "image/webp": ["WebP", "webp"],
  "text/calendar": ["calendar", "ics"],
  "text/html": ["HTML", "html", "htm"],
  "text/markdown": ["Markdown", "md"],
  "text/plain": ["text", "txt", "log"],
  "audio/mp4": ["M4A", "m4a"],
  "audio/mpeg": ["MP3", "mp3"],
  "video/mp4": ["MP4", "mp4", "m4v"],
  "video/quicktime": ["QuickTime", "mov"],
  "video/webm": ["WebM", "webm"],
  "video/x-matroska": ["Matroska", "mkv"],
  "video/x-msvideo": ["AVI", "avi"],
  "application/gzip": ["gzip", "gz"],
  "application/msword": ["Word", "doc"],
  "application/vnd.ms-excel": ["Excel", "xls"],
  "application/vnd.ms-powerpoint": ["PowerPoint", "ppt"],
  "application/vnd.oasis.opendocument.presentation": ["OpenDocument", "odp"],
  "application/vnd.oasis.opendocument.spreadsheet": ["OpenDocument", "ods"],
  "application/vnd.oasis.opendocument.text": ["OpenDocument", "odt"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["PowerPoint", "pptx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["Excel", "xlsx"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["Word", "docx"],
  "application/x-7z-compressed": ["7z", "7z"],
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

/** `PNG, JPEG, or PDF`. Word has two types, but one name. */
export const namesOf = (types, conjunction) =>
  new Intl.ListFormat("en", { type: conjunction === "or" ? "disjunction" : "conjunction" }).format(new Set(types.map(nameOf)));

/** What a file chooser should offer. Types alone would hide the files whose type the system does not know. */
export const acceptOf = (types) => types.flatMap((type) => [type, ...extensionsOf(type).map((ext) => `.${ext}`)]).join();
