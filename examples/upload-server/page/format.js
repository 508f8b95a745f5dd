// Numbers for people.

const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

export function bytes(count) {
  let unit = 0;
  while (count >= 999.5 && unit < UNITS.length - 1) {
    count /= 1_000;
    unit++;
  }
  const number = count.toFixed(unit > 0 && count < 9.95 ? 1 : 0).replace(/\.0$/, "");
  return `${number} ${count === 1 && unit === 0 ? "byte" : UNITS[unit]}`;
}

export function duration(seconds) {
  if (seconds < 1.5) return "1 second";
  return seconds < 90 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
}

/** The time of day, and the day unless it is today. */
export function time(instant) {
  const date = new Date(instant);
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString([], { dateStyle: isToday ? undefined : "medium", timeStyle: "short" });
}

/** Bytes per second over the last few seconds. */
export class Speed {
  #samples = [];

  add(bytes, now = performance.now()) {
    // A part that is repeated takes bytes back.
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = [];
    this.#samples.push({ bytes, now });
    while (now - this.#samples[0].now > 4_000) this.#samples.shift();
  }

  /** None until there are enough samples. */
  perSecond() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const elapsed = last ? last.now - first.now : 0;
    return elapsed < 250 ? undefined : ((last.bytes - first.bytes) * 1_000) / elapsed;
  }
}
