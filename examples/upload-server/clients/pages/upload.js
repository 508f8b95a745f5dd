// The plain client, which runs in browsers and in Node.js.

import axios from "axios";

/** Uploads a file: the server returns a URL of the store, which takes a file of this type. */
export async function upload(api, key, type, file) {
  const { data } = await axios.post(api, { key, type });
  await axios.put(data, file, { headers: { "Content-Type": type } });
}
