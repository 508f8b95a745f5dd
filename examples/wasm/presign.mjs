// The functions of the module, with strings. It runs in browsers, Workers and node.

/// `module` is a `WebAssembly.Module`.
export function load(module) {
  const { exports } = new WebAssembly.Instance(module, {});

  function write(text) {
    const bytes = new TextEncoder().encode(text);
    const at = exports.text_of_length(bytes.length);
    // The memory may have grown, so it is looked up each time.
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  }

  function read() {
    const [at, length] = [exports.text(), exports.text_length()];
    return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, at >>> 0, length >>> 0));
  }

  // The time is that of JavaScript: the standard library of Rust has no clock in this target.
  function ask(name, key, now = Date.now()) {
    write(key);
    // An `i64` is a BigInt in JavaScript, which throws for a time that is not a number.
    const isDone = exports[name](BigInt(Math.floor(now / 1000)));
    if (!isDone) throw new Error(read());
    return read();
  }

  return {
    presignGet: (key, now) => ask("presign_get", key, now),
    grantUpload: (key, now) => JSON.parse(ask("grant_upload", key, now)),
    cases: () => (exports.run_cases(), read().split("\n")),
    casesWithClock: () => (exports.run_cases_with_clock(), read().split("\n")),
  };
}
