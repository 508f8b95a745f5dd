// Serves the pages, and bundles their scripts whenever a browser asks for them: `npm start`.

import { fileURLToPath } from "node:url";
import { context } from "esbuild";

const pages = fileURLToPath(new URL("pages", import.meta.url));
const bundler = await context({
  absWorkingDir: pages,
  entryPoints: ["axios.js", "uppy.js"],
  outdir: "build",
  bundle: true,
  format: "esm",
  write: false,
});
const { port } = await bundler.serve({ host: "127.0.0.1", port: Number(process.env.PORT ?? 5173), servedir: pages });
const url = `http://127.0.0.1:${port}`;
console.log(`open ${url}/axios.html or ${url}/uppy.html in a browser; Ctrl-C stops the server`);

// The bundler runs in a process of its own, which would outlive this one.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    await bundler.dispose();
    process.exit();
  });
}
