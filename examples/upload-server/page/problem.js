// What went wrong, in words for the person in front of the page.

import { isValid } from "./clock.js";
import { bytes } from "./format.js";
import { namesOf } from "./types.js";

export class Problem extends Error {
  /** Whether another attempt may succeed. */
  isPassing = false;
  /** Whether the other attempt has to wait for somebody to log in. */
  needsLogin = false;
  /** How long the other attempt should wait, in milliseconds, if the server or the store said so. */
  retryAfter;
  /** Whether the file may be in the store nevertheless: there was no response to all of it, or not from the store. */
  mayBeStored = false;
  /** What the person can do: try it "again", choose another "file" or another "folder". */
  remedy = "again";
  /** The HTTP status, unless there was no response. */
  status;
  /** The code of the server's error, also where the page finds out by itself. */
  code;
  /** What to tell those who run the server. */
  detail = "";

  /**
   * @param {string} title one sentence
   * @param {string} advice what to do
   * @param {Partial<Problem>} facts
   */
  constructor(title, advice, facts = {}) {
    super(title);
    Object.assign(this, { title, advice }, facts);
  }
}

const AGAIN = "Please try again.";
const ADMIN = "Please tell those who run this site.";

/** What the page finds out by itself. */

export const wrongType = (contentTypes) =>
  new Problem("Files of this type cannot be uploaded.", `Choose a file of another type: ${namesOf(contentTypes, "or")}.`, {
    code: "content_type",
    remedy: "file",
  });

export const tooLarge = (size, maxSize) =>
  new Problem("The file is too large.", `It has ${bytes(size)}. Choose one with at most ${bytes(maxSize)}.`, {
    code: "size",
    remedy: "file",
  });

export const outsideFolder = (prefix) =>
  new Problem("Files cannot go into this folder.", `Under “Options”, choose a folder that starts with ${prefix}`, {
    remedy: "folder",
  });

export const unexpected = () => new Problem("Something unexpected happened.", AGAIN);

export const notShown = () => new Problem("The picture cannot be shown.", AGAIN, { isPassing: true });

/** Refusals of the server that are not known here have the server's own words. */
const REFUSALS = {
  content_type: ["Files of this type cannot be uploaded.", "Choose a file of another type.", "file"],
  size: ["The file is too large.", "Choose a smaller file.", "file"],
  key_outside_prefix: ["Files cannot go into this folder.", "Choose another folder.", "folder"],
  key_segment: ["This folder cannot be used.", "Between two slashes there has to be a name other than “.” and “..”.", "folder"],
  key_too_long: ["The name is too long.", "Give the file or its folder a shorter name, then choose it again.", "file"],
  key_character: ["The name has characters that cannot be used.", "Rename the file, then choose it again.", "file"],
  no_forms: ["The store takes no forms.", "Under “Options”, choose another way to send files, then try again."],
  no_such_upload: ["The store has lost this upload.", AGAIN],
  parts: ["The store has lost a part of the file.", AGAIN],
  no_such_object: ["The store does not have the file.", AGAIN],
  other_object: ["The store has another file of this name.", "Somebody else uploaded it. Try again to replace it."],
};

/**
 * A response of the server that is not a success: `{"error":{"code","message"}}`, or what a proxy in front of it sends.
 *
 * @param {Response} response
 */
export function fromServer({ status, headers }, error) {
  const [code, requestId] = [error?.code, headers.get("x-request-id")];
  const detail = [status, code, requestId && `request ${requestId}`].filter(Boolean).join(" · ");
  const facts = { status, code, detail };
  if (isPassing(status)) {
    const title = status === 429 || status === 503 ? "The server is busy." : "The server has a problem.";
    return new Problem(title, AGAIN, { ...facts, isPassing: true, retryAfter: retryAfter(headers.get("retry-after")) });
  }
  const unknown = ["The server did not allow this upload.", error?.message ?? ADMIN];
  const [title, advice, remedy = "again"] = REFUSALS[code] ?? unknown;
  return new Problem(title, advice, { ...facts, remedy });
}

/** A 401 of the server. */
export const notLoggedIn = () =>
  new Problem("You are not logged in.", "This goes on once you have logged in.", {
    status: 401,
    isPassing: true,
    needsLogin: true,
  });

export const offline = () => new Problem("You are offline.", "This goes on once you are connected.", { isPassing: true });

export const serverUnreachable = () =>
  new Problem("The server cannot be reached.", `Check your network. ${AGAIN}`, { isPassing: true });

/** A response with the status 2xx that is not from the server: some networks send a page of their own. */
export const notTheServer = () =>
  new Problem("The response is not from the server.", `Check your network. ${AGAIN}`, { isPassing: true });

/**
 * A response of the store that is not a success, in XML.
 *
 * @param {XMLHttpRequest} response
 */
export function fromStore(response, grant) {
  const { status, responseText } = response;
  const element = (name) => responseText.match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1] ?? "";
  const [code, message] = [element("Code"), element("Message")];
  const problem = (title, advice, facts) =>
    new Problem(title, advice, { status, detail: `store: ${status}${code && ` ${code}`}`, ...facts });

  if (code === "EntityTooLarge") {
    return problem("The file is too large.", "The store takes no more bytes than were granted.", { remedy: "file" });
  }
  // From a proxy in front of the store.
  if (status === 413) {
    return problem("The file is too large.", "Something on the way to the store does not let it through. " + ADMIN, { remedy: "file" });
  }
  if (code === "EntityTooSmall") return problem("The file is too small.", "It has fewer bytes than were granted.");
  if (code === "SignatureDoesNotMatch") {
    const advice = "Its type or size is not what was granted, or the server has a wrong key. " + AGAIN;
    return problem("The store did not accept the signature.", advice);
  }
  const saysExpired = ["ExpiredToken", "RequestTimeTooSkewed"].includes(code) || /expired/i.test(message);
  if (status === 403 && (saysExpired || !isValid(grant))) {
    return problem("The permission to upload has expired.", "Try again to get a new one.", { isPassing: true });
  }
  if (code === "NoSuchUpload") return problem(...REFUSALS.no_such_upload, { code: "no_such_upload" });
  if (status === 401 || status === 403 || code === "InvalidPolicyDocument") {
    return problem("The store refused the file.", ADMIN);
  }
  if (isPassing(status) || code === "RequestTimeout") {
    const asked = retryAfter(response.getResponseHeader("retry-after"));
    return problem("The store is busy.", AGAIN, { isPassing: true, retryAfter: asked, mayBeStored: status >= 500 });
  }
  return problem("The store did not take the file.", ADMIN);
}

/**
 * There was no response that the page may read, and browsers do not say why.
 *
 * @param {string} url
 * @param {Blob} file
 * @param {number} sent the bytes that are known to have been sent
 */
export async function withoutResponse(url, file, sent) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    const advice = "It was changed, moved or removed after it was chosen. Choose it again.";
    return new Problem("The file cannot be read.", advice, { remedy: "file" });
  }
  const { origin } = new URL(url);
  const facts = { isPassing: true, detail: origin, mayBeStored: sent === file.size };
  if (!navigator.onLine) return Object.assign(offline(), facts);
  try {
    // Gets through without the store's consent, but shows nothing of the response.
    const signal = AbortSignal.timeout(10_000);
    await fetch(origin, { mode: "no-cors", cache: "no-store", credentials: "omit", method: "HEAD", signal });
  } catch {
    return new Problem("The store cannot be reached.", `Check your network. ${AGAIN}`, facts);
  }
  if (sent > 0) return new Problem("The connection to the store broke.", AGAIN, facts);
  const advice = `Its CORS rule has to allow the origin ${location.origin}. ${ADMIN}`;
  // Or the connection broke before it was used, so that it is worth another attempt.
  return new Problem("The store does not let this page in.", advice, facts);
}

export const stalled = (file, sent) =>
  new Problem("The store has stopped responding.", AGAIN, { isPassing: true, mayBeStored: sent === file.size });

/** Timeouts, rate limits, and failures of a server, except that it does not have the method. */
const isPassing = (status) => [408, 425, 429].includes(status) || (status >= 500 && status !== 501);

/** Reads a `Retry-After`, which has seconds or a date. */
function retryAfter(value) {
  const seconds = /^\d+$/.test(value ?? "") ? Number(value) : (Date.parse(value) - Date.now()) / 1_000;
  return seconds > 0 ? seconds * 1_000 : undefined;
}
