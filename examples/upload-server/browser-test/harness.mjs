// A server on a port of its own, and a browser.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** Whatever happens to the tests, no server outlives them. */
const servers = new Set();
process.on("exit", () => servers.forEach((server) => server.kill("SIGKILL")));

/** Starts the server that is tested. `log` has what it wrote. */
export async function startServer(environment = {}) {
  const server = spawn(process.env.UPLOAD_SERVER, {
    env: { PATH: process.env.PATH, UPLOAD_LISTEN: "127.0.0.1:0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  servers.add(server);
  const log = [];
  createInterface(server.stderr).on("line", (line) => log.push(line));
  const ended = once(server, "exit");
  for await (const line of createInterface(server.stdout)) {
    const url = line.match(/^open (http:\S+)/)?.[1];
    if (url) return { url, log, stop: () => stop(server, ended) };
  }
  throw new Error(`the server did not start:\n${log.join("\n")}`);
}

/** As Ctrl-C does. Returns the exit code. */
async function stop(server, ended) {
  server.kill("SIGINT");
  const [code] = await ended;
  return code;
}

export const startBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
