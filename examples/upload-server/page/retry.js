// Tries again what may still succeed: the only place that decides when, and how often.

import { offline } from "./problem.js";

/** The pace, in milliseconds. Tests make it faster. */
export const pace = {
  /** How many failures in a row are too many. With these pauses, that takes about three minutes. */
  attempts: 12,
  /** The first pause. Each one is twice as long as the one before, */
  first: 500,
  /** but not longer than this. */
  longest: 30_000,
  /** The longest pause that a `Retry-After` can ask for. */
  longestAsked: 120_000,
};

/** What `setTimeout` can wait for at most: 24 days. */
const FOREVER = 2 ** 31 - 1;

/**
 * Returns what `attempt` returns, after as many attempts as that takes. Throws what cannot pass at once, and what did
 * not pass in the end.
 *
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {{signal?: AbortSignal, onWait?: (problem: Problem, until?: number) => void, attempts?: number}} options
 *     `onWait` gets the time of the next attempt, if there is one
 */
export async function retrying(attempt, { signal, onWait, attempts = pace.attempts } = {}) {
  for (let failures = 0; ; ) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (problem) {
      if (signal?.aborted || !problem.isPassing) throw problem;
      if (problem.needsLogin) {
        onWait?.(problem);
        await pause(FOREVER, signal, "login");
      } else if (!navigator.onLine) {
        // Not every system knows whether it is online, so the page also looks by itself.
        onWait?.(offline());
        await pause(pace.longest, signal, "online");
      } else {
        if (++failures === attempts) throw problem;
        const milliseconds = pauseAfter(failures, problem.retryAfter);
        onWait?.(problem, Date.now() + milliseconds);
        await pause(milliseconds, signal);
      }
    }
  }
}

/** The random share keeps those whom one fault has hit from coming back all at once. */
function pauseAfter(failures, asked) {
  const pause = Math.min(pace.first * 2 ** (failures - 1), pace.longest);
  return asked ? Math.min(asked, pace.longestAsked) + Math.random() * pace.first : pause * (0.5 + Math.random() / 2);
}

/** Resolves after some time, or with an event of the window. Rejects if it is cancelled. */
function pause(milliseconds, signal, event) {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const settle = (how) => {
      clearTimeout(timer);
      over.abort();
      how();
    };
    const timer = setTimeout(() => settle(resolve), milliseconds);
    if (event) addEventListener(event, () => settle(resolve), { signal: over.signal });
    signal?.addEventListener("abort", () => settle(() => reject(signal.reason)), { signal: over.signal });
  });
}
