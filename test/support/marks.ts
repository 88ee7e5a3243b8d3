import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./until";

/** Files by which tests, and the scripts and functions that they run, tell each other how far they are. */
export class Marks {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  set(name: string): void {
    writeFileSync(this.file(name), "");
  }

  async seen(name: string): Promise<void> {
    await until(`${name} is marked`, () => existsSync(this.file(name)) || undefined);
  }

  /** Shell command that sets one. */
  setting(name: string): string {
    return `touch '${this.file(name)}'`;
  }

  /** Shell command that waits for one. */
  waiting(name: string): string {
    return `until test -e '${this.file(name)}'; do sleep 0.05; done`;
  }
}
