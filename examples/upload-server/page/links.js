// The links to an uploaded file, which can be renewed when they have expired.

import { isValid } from "./clock.js";

/** For how long a link should be valid when it is followed, in milliseconds. */
const TIME_TO_OPEN = 5_000;

export class Links {
  #confirmed;
  #renew;

  /**
   * @param {{show: Grant, save: Grant}} confirmed
   * @param {(onWait: Function) => Promise<typeof confirmed>} renew
   */
  constructor(confirmed, renew) {
    this.#confirmed = confirmed;
    this.#renew = renew;
  }

  get areValid() {
    return isValid(this.#confirmed.show, TIME_TO_OPEN);
  }

  get expiresAt() {
    return this.#confirmed.show.expires_at;
  }

  /** @param {"show" | "save"} purpose */
  url(purpose) {
    return this.#confirmed[purpose].url;
  }

  async renew(onWait) {
    this.#confirmed = await this.#renew(onWait);
  }
}
