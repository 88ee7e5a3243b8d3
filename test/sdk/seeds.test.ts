import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assembleSeed, seeds } from "../support/assembled-seed";
import { runPython } from "../support/seed-python";
import { temporaryFolder } from "../support/temporary-folder";
import { sdkEnvironment } from "../../tools/sagemaker-sdk/environment";

const folder = temporaryFolder();
const named = seeds.map((seed) => ({ ...seed, at: join(folder, seed.template, seed.name) }));

/** `name==version` of a lock file, by name; the last is that of the newest Python. */
const locked = (file: string) =>
  new Map(
    [...readFileSync(file, "utf8").matchAll(/^([\w.-]+)==(\S+)( ;[^\\]*)?/gm)].map(
      ([, name = "", version = "", marker = ""]) => [`${name}${marker}`, version],
    ),
  );

/** Every file of Python, by path. */
const pythonOf = (at: string) =>
  Object.fromEntries(
    readdirSync(at, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".py"))
      .map((path) => [path, readFileSync(join(at, path), "utf8")]),
  );

describe.each(named)("the seed of $template/$name", ({ template, name, at }) => {
  beforeAll(() => {
    assembleSeed(template, name, at);
  });

  test("its own lint finds nothing, in code formatted as it says", async () => {
    for (const args of [
      ["check", "."],
      ["format", "--check", "."],
    ])
      expect(await runPython(at, ["-m", "ruff", ...args])).toMatchObject({ exitCode: 0 });
  });

  test("its own tests pass", async () => {
    if (template === "gitlab") {
      // The same code and tests as with Jenkins, which have run.
      expect(pythonOf(at)).toEqual(pythonOf(join(folder, "jenkins", name)));
      return;
    }
    const { exitCode, output } = await runPython(at, ["-m", "pytest", "--quiet"]);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/^\d+ passed in/m)]);
  });

  test("defect 12.7: every package is locked by hashes; the SDK is version 2, with what this project's lock has", () => {
    const lock = locked(join(at, "requirements.txt"));
    const ours = locked(sdkEnvironment("2").requirements);
    for (const [name, version] of lock)
      if (ours.has(name)) expect([name, version]).toEqual([name, ours.get(name)]);
    const text = readFileSync(join(at, "requirements.txt"), "utf8");
    expect(text.match(/^[\w.-]+==/gm)).toHaveLength(
      text.match(/^[\w.-]+==.*\\\n +--hash=sha256:/gm)?.length ?? 0,
    );
    expect(lock.has("pytest") && lock.has("ruff")).toBe(true);
  });

  test("the README names every command that is there, and none that is not", () => {
    const readme = readFileSync(join(at, "README.md"), "utf8");
    const named = [...readme.matchAll(/python -m ci\.(\w+)/g)].map(([, command = ""]) => command);
    expect(named.length).toBeGreaterThan(0);
    for (const command of named)
      expect(readFileSync(join(at, "ci", `${command}.py`), "utf8")).toContain('if __name__ == "__main__":');
  });
});
