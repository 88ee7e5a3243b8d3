// Set-up that needs nothing but Node: installs the locked packages when the lock file has changed, then hands over to
// a TypeScript entry point. `npm start`, `npm test` and their kin go through here, so a fresh clone needs no other step.
"use strict";

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "../..");
const stamp = join(root, ".cache/setup/packages");

/** Text that changes when the installed packages have to. */
function packagesWanted() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} node ${process.version} ${process.platform}\n`;
}

function installPackages() {
  const wanted = packagesWanted();
  const installed =
    existsSync(join(root, "node_modules")) && existsSync(stamp) && readFileSync(stamp, "utf8");
  if (installed === wanted) return;
  process.stderr.write("Installing the locked npm packages (first run, or the lock file changed)\n");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (npm.status !== 0) {
    process.stderr.write(
      "npm ci failed: check the network or the npm registry setting, then run the same command again\n",
    );
    process.exit(1);
  }
  mkdirSync(join(root, ".cache/setup"), { recursive: true });
  writeFileSync(stamp, wanted);
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(
    `Node.js must be 20.19 or newer, got: ${process.versions.node}. Install it from https://nodejs.org\n`,
  );
  process.exit(1);
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true"; // package.json says which Node.js we support
requireNode();
installPackages();
const [entry, ...args] = process.argv.slice(2);
if (entry) {
  process.argv = [process.argv[0], join(root, entry), ...args];
  require("../compile/register");
  require(join(root, entry));
}
