// Uploads the chosen files with Uppy, in the way that is checked.

import AwsS3 from "@uppy/aws-s3";
import Uppy from "@uppy/core";
import Dashboard from "@uppy/dashboard";
import "@uppy/core/css/style.min.css";
import "@uppy/dashboard/css/style.min.css";

const server = new URLSearchParams(location.search).get("server") ?? "http://127.0.0.1:3000";
const ATTEMPTS = 6;
const way = document.getElementById("ways").elements.way;

const uppy = new Uppy().use(Dashboard, {
  inline: true,
  target: "#uppy",
  theme: "auto",
  width: "100%",
  height: 400,
  showLinkToFileUploadResult: true,
});

uppy.use(AwsS3, {
  generateObjectKey: (file) => `user-profile/${file.name}`,
  signRequest: (request) => post("sign-s3-request", { ...request, form: way.value !== "put" }),
  shouldUseMultipart: () => way.value === "parts",
});
uppy.addPostProcessor((ids) => Promise.all(ids.map(confirm)));

/** Lets the server look at the uploaded file, and links to it. */
async function confirm(id) {
  const file = uppy.getFile(id);
  if (file.error) return;
  try {
    const { show } = await post("confirm-upload", { key: file.response.body.key, type: file.type, size: file.size });
    uppy.setFileState(id, { uploadURL: show.url });
  } catch (error) {
    uppy.emit("upload-error", file, error);
  }
}

/** Asks the server, and asks again if it is busy or cannot be reached. */
async function post(path, body) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${server}/users/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).catch((error) => error);
    if (response.ok) return response.json();
    const isPassing = response instanceof Error || response.status === 429 || response.status >= 500;
    if (!isPassing || attempt === ATTEMPTS) throw await problem(response);
    const seconds = Number(response.headers?.get("retry-after")) || 2 ** attempt / 4;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
}

/** A proxy in front of the server does not respond with JSON. */
async function problem(response) {
  if (response instanceof Error) return response;
  const data = await response.json().catch(() => undefined);
  return new Error(data?.error.message ?? `The server responded with ${response.status}.`);
}
