import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { programIn, scriptIn, synthesisIn } from "../../../bench/against";

let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "checkout-"));
});

afterEach(() => {
  rmSync(checkout, { recursive: true, force: true });
});

function write(name: string, content: object): void {
  mkdirSync(dirname(join(checkout, name)), { recursive: true });
  writeFileSync(join(checkout, name), JSON.stringify(content));
}

const node = (...args: string[]) => ({ program: process.execPath, args, directory: checkout });

test("another checkout synthesises by its own cdktf.json", () => {
  write("cdktf.json", { app: "node --require ts-node/register main.ts" });
  expect(synthesisIn(checkout)).toEqual(node("--require", "ts-node/register", "main.ts"));
});

test("another checkout runs its own npm scripts, with more arguments", () => {
  write("package.json", { scripts: { validate: "node old/run.js validate" } });
  expect(scriptIn(checkout, "validate", "--environments", "x")).toEqual(
    node("old/run.js", "validate", "--environments", "x"),
  );
});

test("another checkout's programs start with its compile cache where it has one", () => {
  const registers = () => programIn(checkout, "a.ts", "1").args;
  expect(registers()).toEqual(["--require", "ts-node/register", "a.ts", "1"]);
  write("tools/compile/register.js", {});
  expect(registers()).toEqual(["--require", join(checkout, "tools/compile/register.js"), "a.ts", "1"]);
});
