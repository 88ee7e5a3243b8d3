import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa, execaNode } from "execa";
import { repository } from "../../../../tools/paths";
import { temporaryFolder } from "../../../support/temporary-folder";

let checkout: string;
const at = (name: string) => join(checkout, name);

const write = (name: string, text: string): void => {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
};

/** A checkout with two packages, and an npm that installs them as `npm.sh` says. */
beforeEach(() => {
  checkout = temporaryFolder();
  cpSync(join(repository, "tools/setup"), at("tools/setup"), { recursive: true });
  write(
    "package.json",
    JSON.stringify({ dependencies: { one: "1.0.0" }, devDependencies: { two: "1.0.0" } }),
  );
  write("package-lock.json", "lock 1");
  write("bin/npm", `#!/bin/sh\n[ "$1" = config ] && echo "$CACHE" && exit\necho "$@" >> asked; . ./npm.sh\n`);
  chmodSync(at("bin/npm"), 0o755);
  write("npm.sh", installs);
});

const installs = `for name in one two; do mkdir -p node_modules/$name; echo > node_modules/$name/package.json; done
echo installed > node_modules/.package-lock.json`;

const setUp = async (variables: Record<string, string> = {}, options: readonly string[] = []) => {
  const env = { PATH: `${at("bin")}:${process.env.PATH ?? ""}`, CACHE: checkout, ...variables };
  const { exitCode, stderr } = await execaNode(at("tools/setup/run.js"), options, {
    cwd: checkout,
    env,
    reject: false,
  });
  return { exitCode, stderr };
};

const asked = (): string[] => readFileSync(at("asked"), "utf8").trim().split("\n");

test("packages are installed once, whole, outside of workspaces around them", async () => {
  expect([(await setUp({ NODE_ENV: "production" })).exitCode, (await setUp()).exitCode]).toEqual([0, 0]);
  expect(asked()).toEqual([
    "ci --ignore-scripts --no-audit --no-fund --loglevel=error " +
      "--include=dev --include=optional --no-workspaces --install-strategy=hoisted",
  ]);
});

test("what only tests need is left out where it is not wanted, and brought once it is", async () => {
  const without = ["--omit=dev"];
  write("npm.sh", installs.replace("one two", "one"));
  expect((await setUp({}, without)).exitCode).toBe(0);
  expect(asked()).toEqual([expect.stringContaining(" --omit=dev ")]);
  await setUp({}, without);
  write("npm.sh", installs);
  expect((await setUp()).exitCode).toBe(0);
  await setUp({}, without);
  expect(asked()).toEqual([
    expect.stringContaining(" --omit=dev "),
    expect.stringContaining(" --include=dev "),
  ]);
});

test("a program brings what only tests need by an argument that asks for it, and by no other", async () => {
  write("entry.ts", "");
  write("tools/compile/require-program.js", "exports.requireProgram = () => undefined;");
  const start = (...args: readonly string[]) =>
    setUp({}, ["--omit=dev", "--but-for=--projects", "entry.ts", ...args]);
  write("npm.sh", installs.replace("one two", "one"));
  expect((await start("--keep")).exitCode).toBe(0);
  write("npm.sh", installs);
  expect((await start("--keep", "--projects")).exitCode).toBe(0);
  await start();
  expect(asked()).toEqual([
    expect.stringContaining(" --omit=dev "),
    expect.stringContaining(" --include=dev "),
  ]);
});

test("packages are installed again where their programs are another machine's, or were left out", async () => {
  write("package.json", JSON.stringify({ dependencies: { esbuild: "1.0.0" } }));
  const installs = (machine: string) => `for name in esbuild @esbuild/${machine}
    do mkdir -p node_modules/$name; echo > node_modules/$name/package.json; done
    echo installed > node_modules/.package-lock.json`;
  write("npm.sh", installs("plan9-mips"));
  expect((await setUp()).exitCode).toBe(1);
  write("npm.sh", installs(`${process.platform}-${process.arch}`));
  expect((await setUp()).exitCode).toBe(0);
});

test("without npm, as where packages come by pnpm, it says where npm comes from", async () => {
  const settings = { env: { PATH: "/nowhere" }, extendEnv: false, reject: false };
  const { exitCode, stderr } = await execa(process.execPath, [at("tools/setup/run.js")], settings);
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining("npm is not on PATH. It comes with Node.js"),
  ]);
});

test("Windows is told where this runs", async () => {
  write("windows.js", 'Object.defineProperty(process, "platform", { value: "win32" });');
  const { exitCode, stderr } = await setUp({ NODE_OPTIONS: `--require ${at("windows.js")}` });
  expect([exitCode, stderr]).toEqual([
    1,
    "Windows runs this in WSL: https://learn.microsoft.com/windows/wsl/install",
  ]);
});

test("npm gets a cache of ours where the user's cannot be written", async () => {
  await setUp({ CACHE: at("package.json/cache") });
  expect(asked()).toEqual([expect.stringMatching(/ --cache \S+\/\.cache\/npm$/)]);
});

test.each([
  [
    "the lock file changed",
    () => {
      write("package-lock.json", "lock 2");
    },
  ],
  [
    "somebody else installed",
    () => {
      write("node_modules/.package-lock.json", "without development");
    },
  ],
  [
    "a package is gone",
    () => {
      rmSync(at("node_modules/two"), { recursive: true });
    },
  ],
  [
    "all packages are gone",
    () => {
      rmSync(at("node_modules"), { recursive: true });
    },
  ],
])("packages are installed again where %s", async (_, happens) => {
  await setUp();
  happens();
  await setUp();
  expect(asked()).toHaveLength(2);
});

test.each([
  ["npm fails", "exit 1"],
  ["npm leaves a package out", `mkdir -p node_modules; echo > node_modules/.package-lock.json`],
])("where %s, it says what to do, and the next run tries again", async (_, script) => {
  write("npm.sh", script);
  const { exitCode, stderr } = await setUp();
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("then run the same command again")]);
  write("npm.sh", installs);
  expect((await setUp()).exitCode).toBe(0);
});
