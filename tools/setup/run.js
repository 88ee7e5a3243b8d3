// Set-up that needs nothing but Node: installs the locked packages when the lock file has changed, then hands over to
// a TypeScript entry point: `run.js [--omit=dev [--but-for=ARGUMENT]] ENTRY [ARGUMENTS]`. `npm start`, `npm test` and
// their kin go through here, so a fresh clone needs no other step.
"use strict";

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { join } = require("node:path");
const { ensureHome, isWritable } = require("./home");

const root = join(__dirname, "../..");
const stamp = join(root, ".cache/setup/packages");

const [options, [entry, ...args]] = split(process.argv.slice(2));

/** What stands before the entry point, and the rest. */
function split(words) {
  const first = words.findIndex((word) => !word.startsWith("--"));
  return first < 0 ? [words, []] : [words.slice(0, first), words.slice(first)];
}

/**
 * Without what only tests and checks need, which is half of all: a program that runs without it, runs with it, too. An argument of the
 * program's may want it all the same (ADR 92).
 */
const omitsDevelopment =
  options.includes("--omit=dev") && !args.some((argument) => options.includes(`--but-for=${argument}`));

const digestOf = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Text that changes when the installed packages have to, or are no longer those that were installed. */
function packagesHere() {
  const installed = join(root, "node_modules/.package-lock.json"); // npm writes it last
  const { dependencies, devDependencies } = require(join(root, "package.json"));
  const wanted = { ...dependencies, ...(omitsDevelopment ? {} : devDependencies) };
  const names = [...Object.keys(wanted), ...programsIn(dependencies)];
  const complete = names.every((name) => existsSync(join(root, "node_modules", name, "package.json")));
  if (!complete || !existsSync(installed)) return undefined;
  const lock = digestOf(join(root, "package-lock.json"));
  return `${lock} as ${digestOf(installed)} node ${process.version} ${process.platform}\n`;
}

/** Programs made for one kind of machine are optional packages, which npm leaves out silently: esbuild's stands for all. */
const programsIn = (dependencies) =>
  dependencies?.esbuild ? [`@esbuild/${process.platform}-${process.arch}`] : [];

/**
 * What npm must be told, whatever surrounds us: whether packages for development are wanted, as NODE_ENV says it too, programs for this
 * machine where optional packages are left out, this folder where it lies in somebody's workspaces, no package's script
 * where the user's settings would run them (ADR 44), and a cache of our own where the user has none that can be written.
 */
function npmArguments() {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const development = omitsDevelopment ? "--omit=dev" : "--include=dev";
  const whole = [development, "--include=optional", "--no-workspaces", "--install-strategy=hoisted"];
  const args = ["ci", "--ignore-scripts", ...quiet, ...whole];
  const { stdout } = spawnSync("npm", ["config", "get", "cache"], { cwd: root, encoding: "utf8" });
  return stdout && isWritable(stdout.trim()) ? args : [...args, "--cache", join(root, ".cache/npm")];
}

function installPackages() {
  const wanted = packagesHere();
  if (wanted !== undefined && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Installing the locked npm packages (first run, or they have changed)\n");
  rmSync(stamp, { force: true });
  const npm = spawnSync("npm", npmArguments(), { cwd: root, stdio: ["ignore", 2, 2] });
  const installed = npm.status === 0 ? packagesHere() : undefined;
  if (installed === undefined) {
    process.stderr.write(
      npm.error?.code === "ENOENT"
        ? "npm is not on PATH. It comes with Node.js from https://nodejs.org; some systems have a package of its own for it\n"
        : `npm ci failed${npm.error ? ` (${npm.error.message})` : ""}: ${remedy}\n`,
    );
    process.exit(1);
  }
  mkdirSync(join(root, ".cache/setup"), { recursive: true });
  writeFileSync(stamp, installed);
}

const remedy =
  "npm says why above. Most often it is the network or npm's registry setting; then run the same command again";

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(
    `Node.js must be 20.19 or newer, got: ${process.versions.node}. Install it from https://nodejs.org\n`,
  );
  process.exit(1);
}

function requireSystem() {
  if (process.platform !== "win32") return;
  process.stderr.write("Windows runs this in WSL: https://learn.microsoft.com/windows/wsl/install\n");
  process.exit(1);
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true"; // package.json says which Node.js we support
requireNode();
requireSystem();
ensureHome();
installPackages();
if (entry) {
  process.argv = [process.argv[0], join(root, entry), ...args];
  require("../compile/require-program").requireProgram(join(root, entry));
}
