// node test.mjs MODULE EXPECTED: the module makes what the same code made outside of WebAssembly, and nothing traps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./presign.mjs";

const [module, expected] = process.argv.slice(2);
const presign = load(new WebAssembly.Module(readFileSync(module)));

test("the same results as outside of WebAssembly", () => {
  const lines = presign.cases();
  assert.ok(lines.length > 60, `only ${lines.length} cases`);
  assert.deepEqual(lines, readFileSync(expected, "utf8").trimEnd().split("\n"));
});

test("what reads the clock is an error", () => {
  const lines = presign.casesWithClock();
  const message = "error: there is no clock on this target: pass the time, to a function whose name ends in `_at`";
  const clock = lines.filter((line) => !line.startsWith("Credentials::from_env: "));
  assert.equal(clock.length, 12);
  for (const line of clock) assert.equal(line, `${line.split(": ")[0]}: ${message}`);
  const variable = "environment variable AWS_ACCESS_KEY_ID is not set or is not valid Unicode";
  assert.ok(lines.includes(`Credentials::from_env: error: ${variable}`));
});

test("the time of JavaScript", () => {
  for (const now of [Date.now(), 1710490530999, 0]) {
    const url = new URL(presign.presignGet("users/42/ä b.png", now));
    assert.equal(url.pathname, "/users/42/%C3%A4%20b.png");
    const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
    assert.equal(url.searchParams.get("X-Amz-Date"), date);
    const grant = presign.grantUpload("a.png", now);
    assert.equal(grant.fields["X-Amz-Date"], date);
    assert.equal(Date.parse(grant.expires_at), Math.floor(now / 1000) * 1000 + 900_000);
  }
  assert.ok(presign.presignGet("a.png").includes("&X-Amz-Signature="));
  for (const now of [-1, 1e18]) {
    assert.throws(() => presign.presignGet("a.png", now), /^Error: the time is outside the years 1970 to 9999$/);
  }
  assert.throws(() => presign.presignGet("a.png", NaN), RangeError);
  assert.throws(() => presign.presignGet("a/../b"), /segment/);
});
