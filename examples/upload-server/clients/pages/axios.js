// Uploads the chosen file with axios, and shows it as it is in the store.

import axios from "axios";
import { upload } from "./upload.js";

const server = new URLSearchParams(location.search).get("server") ?? "http://127.0.0.1:3000";
const [input, status, result] = ["file", "status", "result"].map((id) => document.getElementById(id));

input.addEventListener("change", async () => {
  const [file] = input.files;
  if (!file) return;
  const key = `user-profile/${file.name}`;
  status.textContent = `Uploading ${file.name}…`;
  result.replaceChildren();
  try {
    await upload(`${server}/users/get-file-upload-url`, key, file.type, file);
    const { data } = await axios.post(`${server}/users/confirm-upload`, { key, type: file.type, size: file.size });
    status.textContent = `Uploaded: ${data.size} bytes of the type ${data.type}.`;
    result.replaceChildren(link(data.show.url, file));
  } catch (error) {
    status.textContent = `Not uploaded: ${error.response?.data?.error?.message ?? error.message}.`;
  }
});

/** A link to the file, with the picture if it is one. */
function link(url, { name, type }) {
  const link = Object.assign(document.createElement("a"), { href: url, textContent: name });
  if (type.startsWith("image/")) link.replaceChildren(Object.assign(new Image(), { src: url, alt: name }));
  return link;
}
