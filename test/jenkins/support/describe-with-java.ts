import { stopHarness } from "./harness";
import { findJava, oldestJava } from "./java";

/**
 * `describe` where Java is there; else `describe.skip`, and it is said loudly: the tests that run Jenkins' files are
 * the only ones that need more than Node.js and Python.
 */
export function describeWithJava(name: string, tests: () => void): void {
  if (findJava() === undefined) {
    // Not by console.warn: Jest keeps to itself what a file says whose tests are all skipped.
    process.stderr.write(
      `SKIPPED: ${name}: Jenkins' files run on Java, and there is none. Remedy: ${remedy}\n`,
    );
    describe.skip(`${name} (no Java: ${remedy})`, tests);
    return;
  }
  describe(name, () => {
    afterAll(stopHarness);
    tests();
  });
}

const remedy =
  `install Java ${oldestJava} or newer (Debian, Ubuntu: apt-get install default-jre-headless; ` +
  "macOS: brew install openjdk), or set JAVA_HOME";
