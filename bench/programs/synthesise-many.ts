import { performance } from "node:perf_hooks";
import { readEstate } from "../../stacks/known";
import { listStacks } from "../../stacks/list";
import { synthesise } from "../../stacks/synthesise";
import { generatedModels } from "../estates/models";

/** What one synthesis took, without the loading of code. */
export interface ManyStacks {
  readonly stacks: number;
  /** From reading the environment files to the last stack's files. */
  readonly workSeconds: number;
  /** Most that was resident at once. */
  readonly peakBytes: number;
}

const [environments = "", modelCount = ""] = process.argv.slice(2);
const models = generatedModels(Number(modelCount));

const started = performance.now();
const estate = readEstate(environments, models);
synthesise({ estate, models });
const workSeconds = (performance.now() - started) / 1000;

const result: ManyStacks = {
  stacks: listStacks(estate, models).length,
  workSeconds,
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
process.stdout.write(JSON.stringify(result));
