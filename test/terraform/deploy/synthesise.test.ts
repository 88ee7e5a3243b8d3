import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesise } from "../../../deploy/synthesis/synthesise";
import { estateFolder } from "../../support/environments";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synthesise-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("every stack is synthesised into the folder named, with the role named, and nothing of before is left", async () => {
  const output = join(folder, "cdktf.out");
  mkdirSync(join(output, "stacks/old"), { recursive: true });
  const directoryOf = await synthesise({ output, environments: estateFolder, role: "ReadOnly" });
  const stack = readFileSync(join(directoryOf("prod-foundation"), "cdk.tf.json"), "utf8");
  expect(stack).toContain(":role/ReadOnly");
  expect(() => readFileSync(directoryOf("old"))).toThrow("ENOENT");
}, 60_000);

test("what is wrong with the configuration is said in the program's words", async () => {
  writeFileSync(join(folder, "prod.json"), "{");
  await expect(synthesise({ output: join(folder, "out"), environments: folder })).rejects.toThrow(
    /The stacks cannot be synthesised: [^]*prod\.json/,
  );
}, 60_000);

test("an interrupt ends it", async () => {
  const stop = new AbortController();
  const reason = new Error("Ctrl-C");
  setTimeout(() => {
    stop.abort(reason);
  }, 300);
  await expect(synthesise({ output: join(folder, "out"), signal: stop.signal })).rejects.toBe(reason);
}, 60_000);
