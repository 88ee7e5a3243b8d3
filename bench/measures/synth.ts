import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../tools/paths";
import { againstOther, synthesisIn } from "../against";
import { bindingsInUse } from "../bindings";
import { benchFolder, type Measure } from "../bench";
import { faster, secondsOf, slower } from "../figures";
import { takeTurns } from "../rounds";
import { atMost, timesFaster, type Row } from "../row";
import { run, type Command } from "../timing";

const folder = join(benchFolder, "synth");
const measure = "synth";

/**
 * Synthesis of the shipped estate by the program that `cdktf synth` runs, against a process that only loads the same
 * bindings, and against the same code run as cdktf's TypeScript template runs it.
 */
export const measureSynth: Measure = async ({ quick, against, say }) => {
  mkdirSync(folder, { recursive: true });
  const commands = { ours: shipped(repository, "ours"), floor: floor(), template: template() };
  const contestants = {
    ours: () => run(commands.ours),
    floor: () => run(commands.floor),
    template: () => run(commands.template),
  };
  const turns = await takeTurns(
    against === undefined ? contestants : { ...contestants, other: () => run(shipped(against, "other")) },
    { count: quick ? 3 : 7, say },
  );
  const mine = secondsOf("shipped estate, process start to exit", turns.ours);
  const bare = secondsOf("loads the same bindings", turns.floor);
  const stock = secondsOf("template: ts-node, types checked", turns.template);
  const overFloor = slower(mine, bare);
  const overTemplate = faster(mine, stock);
  return [
    {
      measure,
      what: "synth, over the floor",
      ours: mine,
      baseline: bare,
      ratio: overFloor,
      goal: atMost(overFloor, 1.5),
    },
    {
      measure,
      what: "synth, over cdktf's template",
      ours: mine,
      baseline: stock,
      ratio: overTemplate,
      goal: timesFaster(overTemplate, 4),
      notes: [
        "The template's own command starts ts-node with npx, which takes longer still; here it is started at once.",
      ],
    },
    ...("other" in turns
      ? [againstOther({ measure, what: "synth" }, mine, secondsOf("shipped estate", turns.other))]
      : []),
  ] satisfies Row[];
};

const synthesis = (args: readonly string[], output: string, more: Record<string, string> = {}): Command => ({
  program: process.execPath,
  args,
  directory: repository,
  environment: { CDKTF_OUTDIR: join(folder, output), ...more },
});

/** The program that a checkout's cdktf.json names. */
const shipped = (checkout: string, output: string): Command => ({
  ...synthesisIn(checkout),
  environment: { CDKTF_OUTDIR: join(folder, output) },
});

/** A process that loads cdktf and the bindings that our stacks are made of, and does nothing. */
function floor(): Command {
  const program = join(folder, "floor.js");
  const names = ["cdktf", "constructs", ...bindingsInUse()];
  writeFileSync(program, names.map((name) => `require(${JSON.stringify(name)});\n`).join(""));
  return synthesis([program], "floor");
}

/** Our own main.ts with ts-node as the template has it: types checked at each start, compiled by TypeScript. */
function template(): Command {
  const project = join(folder, "tsconfig.json");
  const stock = join(repository, "node_modules/cdktf-cli/bundle/templates/typescript/tsconfig.json");
  const { compilerOptions } = readJson(stock) as { compilerOptions: object };
  const ourLanguage = { lib: ["es2023"], target: "es2022", esModuleInterop: true, types: ["node"] };
  const settings = { compilerOptions: { ...compilerOptions, ...ourLanguage, incremental: false } };
  writeFileSync(project, JSON.stringify(settings));
  const tsNode = join(repository, "node_modules/ts-node/dist/bin.js");
  return synthesis([tsNode, "main.ts"], "template", { TS_NODE_PROJECT: project });
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
