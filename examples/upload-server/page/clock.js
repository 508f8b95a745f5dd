// The time by the server's clock, which grants expire by. The one of this machine may be wrong.

let ahead = 0;

/** @param {string | null} date the header `Date` of a response */
export function setClock(date) {
  const difference = Date.parse(date) - Date.now();
  if (Number.isFinite(difference)) ahead = difference;
}

/** Whether a grant is valid for some milliseconds more. */
export const isValid = (grant, milliseconds = 0) => Date.parse(grant.expires_at) - Date.now() - ahead > milliseconds;
