// A proxy in front of the embedded store, for faults that the browser cannot be told to make.

import { once } from "node:events";
import { createServer, request } from "node:http";

/** Starts a proxy for a store that is yet to be started at `target`. */
export async function startProxy() {
  const proxy = { losesResponses: false, holdsResponses: false };
  const server = createServer((from, to) => {
    const { method, url: path, headers } = from;
    const isUpload = ["PUT", "POST"].includes(method);
    const forwarded = request(`http://${proxy.target}`, { method, path, headers }, (response) => {
      if (isUpload && proxy.holdsResponses) return;
      if (isUpload && proxy.losesResponses) return response.on("end", () => to.destroy()).resume();
      to.writeHead(response.statusCode, response.headers);
      response.pipe(to);
    });
    forwarded.on("error", () => to.destroy());
    from.pipe(forwarded);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return Object.assign(proxy, { url: await listen(server), target: await freeAddress(), stop });
}

async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

/** An address at which nothing listens. */
export async function freeAddress() {
  const server = createServer();
  const { host } = new URL(await listen(server));
  server.close();
  await once(server, "close");
  return host;
}
