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

export function seconds(count) {
  if (count < 1.5) return "1 second left";
  if (count < 90) return `${Math.round(count)} seconds left`;
  return `${Math.round(count / 60)} minutes left`;
}

export const time = (instant) => new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** Bytes per second over the last few seconds. */
export class Speed {
  #samples = [];

  add(bytes, now = performance.now()) {
    // A part that is repeated takes bytes back.
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = [];
    this.#samples.push({ bytes, now });
    while (now - this.#samples[0].now > 4_000) this.#samples.shift();
  }

  /** None until there is something to say. */
  perSecond() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const elapsed = last ? last.now - first.now : 0;
    return elapsed < 250 ? undefined : ((last.bytes - first.bytes) * 1_000) / elapsed;
  }
}
