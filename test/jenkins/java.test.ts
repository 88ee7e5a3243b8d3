import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findJava } from "./support/java";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "java-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function placeJava(path: string, says: string, exit = 0): string {
  mkdirSync(join(folder, path), { recursive: true });
  const java = join(folder, path, "java");
  writeFileSync(java, `#!/bin/sh\necho '${says}' >&2\nexit ${exit}\n`);
  chmodSync(java, 0o755);
  return java;
}

const PATH = (...paths: string[]): string => paths.map((path) => join(folder, path)).join(":");

describe("findJava", () => {
  test("takes that of JAVA_HOME before that of PATH", () => {
    const home = placeJava("home/bin", 'openjdk version "21.0.1"');
    placeJava("a", 'openjdk version "17.0.1"');
    expect(findJava({ JAVA_HOME: join(folder, "home"), PATH: PATH("a") })).toBe(home);
  });

  test("takes the first on PATH that is new enough", () => {
    placeJava("a", 'java version "1.7.0_80"');
    const java = placeJava("b", 'java version "1.8.0_392"');
    expect(findJava({ PATH: PATH("a", "b") })).toBe(java);
  });

  test("knows a placeholder that does not start for none", () => {
    placeJava("a", 'Unable to locate a Java Runtime, version "0"', 1);
    expect(findJava({ PATH: PATH("a") })).toBeUndefined();
    expect(findJava({ PATH: "" })).toBeUndefined();
  });
});
