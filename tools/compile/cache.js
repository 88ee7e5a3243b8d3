"use strict";

const { createHash } = require("node:crypto");
const {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { join } = require("node:path");

/** Compiled again once a month, which takes a second; what is not asked for any more goes. */
const keptMilliseconds = 30 * 24 * 60 * 60 * 1000;

/** @returns SHA-256 of several texts, in hexadecimal digits */
function digest(...texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}

/**
 * Texts in files, each under a key that says what it is made of, and behind its own digest: one that was cut off or
 * changed is made again. Many processes may use the folder at once; where it cannot be written, all is made each time.
 */
class CompileCache {
  constructor(folder) {
    this.folder = folder;
    this.written = false;
  }

  get(key, make) {
    const path = join(this.folder, key);
    const known = read(path);
    if (known !== undefined) return known;
    const text = make();
    this.write(path, text);
    return text;
  }

  write(path, text) {
    const temporary = `${path}.${process.pid}`;
    try {
      if (!this.written) prepare(this.folder);
      this.written = true;
      writeFileSync(temporary, `${digest(text)}\n${text}`);
      renameSync(temporary, path);
    } catch {
      // Read-only, or full: the text itself is at hand.
    }
  }
}

function read(path) {
  let entry;
  try {
    entry = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const end = entry.indexOf("\n");
  const text = entry.slice(end + 1);
  return entry.slice(0, Math.max(end, 0)) === digest(text) ? text : undefined;
}

/** Makes the folder, and removes what is old. */
function prepare(folder) {
  mkdirSync(folder, { recursive: true });
  const oldest = Date.now() - keptMilliseconds;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() && stat.mtimeMs < oldest) rmSync(path, { force: true });
  }
}

module.exports = { CompileCache, digest };
