// Shows that something will be tried again, and when.

import { duration } from "./format.js";
import { say } from "./say.js";

/** Longer pauses are also announced, in milliseconds. */
const SHORT = 4_000;

/**
 * Shows it until the returned function is called.
 *
 * @param {HTMLElement} element
 * @param {Problem} problem
 * @param {number} [until] the time of the next attempt, unless it waits for something else
 */
export function showWait(element, problem, until) {
  const show = () => (element.textContent = words(problem, until));
  show();
  if (until === undefined || until - Date.now() > SHORT) say(element.textContent);
  const timer = setInterval(show, 1_000);
  return () => clearInterval(timer);
}

function words({ title, advice }, until) {
  if (until === undefined) return `${title} ${advice}`;
  const seconds = Math.ceil((until - Date.now()) / 1_000);
  return `${title} ${seconds > 0 ? `Trying again in ${duration(seconds)}.` : "Trying again."}`;
}
