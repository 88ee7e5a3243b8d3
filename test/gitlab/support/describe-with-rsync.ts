import { execFileSync } from "node:child_process";

/** `describe` where gitlab-ci-local can run jobs, which takes rsync; else `describe.skip`, and it is said loudly. */
export function describeWithRsync(name: string, tests: () => void): void {
  if (hasRsync()) {
    describe(name, tests);
    return;
  }
  process.stderr.write(
    `SKIPPED: ${name}: gitlab-ci-local takes rsync, and there is none. Remedy: ${remedy}\n`,
  );
  describe.skip(`${name} (no rsync: ${remedy})`, tests);
}

const remedy = "apt-get install --no-install-recommends rsync, or brew install rsync";

function hasRsync(): boolean {
  try {
    execFileSync("rsync", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
