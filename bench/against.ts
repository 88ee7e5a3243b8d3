import { existsSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { compileHook, repository } from "../tools/paths";
import { slower } from "./figures";
import type { Figure, Row } from "./row";
import type { Command } from "./timing";

/** What `cdktf synth` runs in a checkout. */
export const synthesisIn = (checkout: string): Command =>
  commandIn(checkout, (readJson(join(checkout, "cdktf.json")) as { app: string }).app);

/** What `npm run NAME` runs in a checkout. */
export const scriptIn = (checkout: string, name: string, ...args: readonly string[]): Command => {
  const { scripts } = readJson(join(checkout, "package.json")) as { scripts: Record<string, string> };
  const command = commandIn(checkout, scripts[name] ?? "");
  return { ...command, args: [...command.args, ...args] };
};

/** A TypeScript program of a checkout, as that checkout runs its own. */
export const programIn = (checkout: string, program: string, ...args: readonly string[]): Command => {
  const hook = join(checkout, relative(repository, compileHook));
  const register = existsSync(hook) ? hook : "ts-node/register";
  return {
    program: process.execPath,
    args: ["--require", register, program, ...args],
    directory: checkout,
  };
};

/** The same in this checkout and in another. */
export const againstOther = (row: Pick<Row, "measure" | "what">, ours: Figure, other: Figure): Row => {
  const baseline = { ...other, label: `${other.label}, in the other checkout` };
  return {
    ...row,
    what: `${row.what}, over the other checkout`,
    ours,
    baseline,
    ratio: slower(ours, baseline),
  };
};

function commandIn(checkout: string, line: string): Command {
  const [program = "", ...args] = line.split(" ");
  return {
    program: basename(program) === "node" ? process.execPath : program,
    args,
    directory: checkout,
  };
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
