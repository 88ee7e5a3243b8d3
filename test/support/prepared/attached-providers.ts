import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const providersOf = (folder: string) => join(folder, "providers");

/** From now on Terraform's providers stay up between the runs of this process; see attached-terraform.sh. */
export function keepProvidersIn(folder: string): void {
  process.env.MLOPS_TEST_PROVIDERS = providersOf(folder);
}

export function endProvidersOf(folder: string): void {
  delete process.env.MLOPS_TEST_PROVIDERS;
  const providers = providersOf(folder);
  if (!existsSync(providers)) return;
  const files = readdirSync(providers, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith("/pid")))
    end(Number(readFileSync(join(providers, file), "utf8")));
}

function end(pid: number): void {
  try {
    process.kill(pid);
  } catch {
    // it has ended by itself
  }
}
