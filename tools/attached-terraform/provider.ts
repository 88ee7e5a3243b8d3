import { spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { relay } from "./relay";
import { slimSchema } from "./slim-schema";

/**
 * A provider that serves until it is ended, and whose schema has those types alone that are used: `provider.ts PROGRAM`, in a folder of its
 * own beside those of others, with MLOPS_ATTACHED_TYPES. Says what Terraform finds it by, as the provider itself does.
 * https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
const [program = ""] = process.argv.slice(2);
const used = JSON.parse(process.env.MLOPS_ATTACHED_TYPES ?? "") as Parameters<typeof slimSchema>[1];
const provider = spawn(program, ["-debug"], { stdio: ["ignore", "pipe", "inherit"] });
provider.on("exit", (code) => process.exit(code ?? 1));
process.on("SIGTERM", () => provider.kill());

createInterface(provider.stdout).on("line", (line) => {
  const [said, found] = /TF_REATTACH_PROVIDERS='(\{.*\})'$/.exec(line) ?? [];
  if (said === undefined || found === undefined) return;
  const [[name, reached]] = Object.entries(JSON.parse(found) as Reattach) as [[string, Reached]];
  const at = `${reached.Addr.String}-relay`; // beside the provider's own: a path of more than a hundred bytes is no socket's
  process.on("exit", () => {
    rmSync(at, { force: true });
  });
  relay(at, reached.Addr.String, { path: "/tfplugin5.Provider/GetSchema", answer: schema }).then(
    () => {
      const own = { ...reached, Pid: process.pid, Addr: { ...reached.Addr, String: at } };
      console.log(`TF_REATTACH_PROVIDERS='${JSON.stringify({ [name]: own })}'`);
    },
    (error: unknown) => {
      console.error(error);
      provider.kill();
    },
  );
});

interface Reached {
  readonly Addr: { readonly Network: string; readonly String: string };
}
type Reattach = Readonly<Record<string, Reached>>;

/** Asked for once by all providers of a kind that are up beside one another. */
async function schema(ask: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const file = join("..", `${basename(program)}.schema`);
  if (existsSync(file)) return readFileSync(file);
  const slim = slimSchema(await ask(), used);
  writeFileSync(`${file}.${process.pid}`, slim);
  renameSync(`${file}.${process.pid}`, file);
  return slim;
}
