// What went wrong, in words for the person in front of the page.

export class Problem extends Error {
  /**
   * @param {string} kind what the program does about it: "expired" gets a new URL, "passing" is tried again
   * @param {string} title one sentence
   * @param {string} advice what to do
   * @param {string} detail what to tell those who run the server
   */
  constructor(kind, title, advice, detail = "") {
    super(title);
    Object.assign(this, { kind, title, advice, detail });
  }
}

const AGAIN = "Please try again.";
const ADMIN = "Please tell those who run this site.";

/** The server said no: `{"error":{"code","message"}}`. */
export function fromServer(status, error, requestId) {
  const detail = [status, error?.code, requestId && `request ${requestId}`].filter(Boolean).join(" · ");
  const titles = {
    content_type: "Files of this type cannot be uploaded.",
    size: "The file is too large.",
    key_outside_prefix: "Files cannot go into this folder.",
    no_such_upload: "This upload is over.",
  };
  if (status >= 500) return new Problem("passing", "The server has a problem.", error?.message ?? AGAIN, detail);
  const title = titles[error?.code] ?? "The server did not allow this upload.";
  return new Problem("refused", title, error?.message ?? ADMIN, detail);
}

/** The store said no, in XML. */
export function fromStore(status, body, grant) {
  const element = (name) => body.match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1] ?? "";
  const [code, message] = [element("Code"), element("Message")];
  const detail = `store: ${status}${code && ` ${code}`}`;
  const isOver = Date.parse(grant.expires_at) <= Date.now();
  const isExpired = ["ExpiredToken", "RequestTimeTooSkewed"].includes(code) || /expired/i.test(message);
  if (code === "EntityTooLarge" || status === 413) {
    return new Problem("refused", "The file is too large.", "The store takes no more bytes than were granted.", detail);
  }
  if (code === "EntityTooSmall") {
    return new Problem("refused", "The file is too small.", "It has fewer bytes than were granted.", detail);
  }
  if (code === "SignatureDoesNotMatch") {
    const advice = "Its type or size is not what was granted, or the server has a wrong key. " + AGAIN;
    return new Problem("refused", "The store did not accept the signature.", advice, detail);
  }
  if (status === 403 && (isExpired || isOver)) {
    return new Problem("expired", "The permission to upload has expired.", "Try again to get a new one.", detail);
  }
  if (code === "NoSuchUpload") return new Problem("refused", "This upload is over.", AGAIN, detail);
  if (status === 401 || status === 403 || code === "InvalidPolicyDocument") {
    return new Problem("refused", "The store refused the file.", ADMIN, detail);
  }
  if (status === 429 || status >= 500) return new Problem("passing", "The store is busy.", AGAIN, detail);
  return new Problem("refused", "The store did not take the file.", ADMIN, detail);
}

/** There was no answer that the page may read, and browsers do not say why. */
export async function withoutAnswer(url, anythingSent) {
  if (!navigator.onLine) {
    return new Problem("passing", "You are offline.", "Connect to the network and try again.");
  }
  const { origin } = new URL(url);
  try {
    // Gets through without the store's consent, but shows nothing of the answer.
    await fetch(origin, { mode: "no-cors", cache: "no-store", credentials: "omit", method: "HEAD" });
  } catch {
    return new Problem("passing", "The store cannot be reached.", `Check your network. ${AGAIN}`, origin);
  }
  if (anythingSent) {
    return new Problem("passing", "The connection to the store broke.", AGAIN, origin);
  }
  const advice = `Its CORS rule has to allow the origin ${location.origin}. ${ADMIN}`;
  // Or the connection broke before it was used, so that it is worth another attempt.
  return new Problem("passing", "The store does not let this page in.", advice, origin);
}

export const serverUnreachable = () =>
  new Problem("passing", "The server cannot be reached.", `Check your network. ${AGAIN}`);

export const stalled = () => new Problem("passing", "The store has stopped answering.", AGAIN);
