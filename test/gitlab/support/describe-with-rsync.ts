import { missingPrograms } from "../../../emulator/gitlab/programs";

/** `describe` where gitlab-ci-local can run jobs, which takes rsync; else `describe.skip`, and it is said loudly. */
export function describeWithRsync(name: string, tests: () => void): void {
  const missing = missingPrograms().join("; ");
  if (missing === "") {
    describe(name, tests);
    return;
  }
  process.stderr.write(`SKIPPED: ${name}: there is no ${missing}\n`);
  describe.skip(`${name} (no ${missing})`, tests);
}
