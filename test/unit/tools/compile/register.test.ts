import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { repository } from "../../../../tools/paths";

let folder: string;
const at = (name: string) => join(folder, name);
const cache = () => at(".cache/compiled");
const entries = () => readdirSync(cache()).filter((name) => name !== "v8");

/** A checkout of its own, with nothing compiled. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compile-"));
  for (const name of ["tools/compile", "tools/setup/home.js", "tsconfig.json", ".swcrc"])
    cpSync(join(repository, name), at(name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), at("node_modules"), "dir");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Says its text, and whether anything had to be compiled. */
function writeProgram(text: string): void {
  const compiled = `Object.keys(require.cache).some((file) => file.endsWith("@swc/core/index.js"))`;
  writeFileSync(at("program.ts"), `const text: string = "${text}";\nconsole.log(text, ${compiled});\n`);
}

const runProgram = (program = "program.ts") =>
  execa(process.execPath, ["--require", "./tools/compile/register.js", program], {
    cwd: folder,
    reject: false,
  });

async function said(): Promise<string> {
  const { stdout, stderr } = await runProgram();
  return stdout + stderr;
}

describe("a program run with tools/compile/register.js", () => {
  test("is compiled the first time only", async () => {
    writeProgram("one");
    expect([await said(), await said()]).toEqual(["one true", "one false"]);
  });

  test("is compiled again when its text or the compiler's settings have changed", async () => {
    writeProgram("one");
    await said();
    writeProgram("two");
    expect(await said()).toBe("two true");
    writeFileSync(at(".swcrc"), readFileSync(at(".swcrc"), "utf8").replace("es2023", "es2022"));
    expect(await said()).toBe("two true");
  });

  test("loads a package when it is first used, its own files at once", async () => {
    writeFileSync(at("own.ts"), `console.log("own");\nexport const own = 1;\n`);
    const loaded = `console.log(Object.keys(require.cache).some((file) => file.includes("/zod/")));\n`;
    const imports = `import { z } from "zod";\nimport { own } from "./own";\n`;
    const uses = `console.log(z.number().parse(own));\n`;
    writeFileSync(at("program.ts"), imports + loaded + uses + loaded);
    expect((await said()).split("\n")).toEqual(["own", "false", "1", "true"]);
  });

  test("shows a syntax error with its file and line", async () => {
    writeFileSync(at("program.ts"), "const fine = 1;\n\nconst const = fine;\n");
    const { exitCode, stderr } = await runProgram();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("program.ts:3:");
    expect(existsSync(cache()) ? entries() : []).toEqual([]);
  });

  test("shows stack traces in lines of the TypeScript, compiled now or before, here or in another checkout", async () => {
    const text = `interface Shape {\n  side: number;\n}\n\nfunction fail(shape: Shape): never {\n  throw new Error(String(shape.side));\n}\nfail({ side: 7 });\n`;
    mkdirSync(at("other"));
    for (const name of ["program.ts", "other/program.ts"]) writeFileSync(at(name), text);
    for (const name of ["program.ts", "program.ts", "other/program.ts"]) {
      const { stderr } = await runProgram(name);
      expect(stderr).toContain(`${at(name)}:6\n  throw new Error(String(shape.side));`);
      expect(stderr).toMatch(new RegExp(`at fail \\(${at(name)}:6:9\\)\\s+at .*${at(name)}:8:1`));
    }
    expect(entries()).toHaveLength(1);
  });
});
