import { join } from "node:path";
import { models } from "../../pipelines";
import { repository } from "../../tools/paths";
import { benchFolder, type Measure } from "../bench";
import { writeEnvironments } from "../estates/environment-files";
import { secondsOf, slower } from "../figures";
import { takeTurns } from "../rounds";
import { under, type Row } from "../row";
import { run, type ProcessTiming } from "../timing";

/** `npm run validate` on 100 environment files, against the shipped four. */
export const measureValidation: Measure = async ({ quick, say }) => {
  const many = join(benchFolder, "validation");
  writeEnvironments(many, { workloads: 100, models: models.map(({ name }) => name) });
  const turns = await takeTurns(
    { many: () => validate(many), shipped: () => validate(join(repository, "environments")) },
    { count: quick ? 3 : 7, say },
  );
  const ours = secondsOf("100 environments and their registries", turns.many);
  const baseline = secondsOf("the shipped files", turns.shipped);
  const ratio = slower(ours, baseline);
  const row: Row = {
    measure: "validation",
    what: "validation of 100 environments",
    ours,
    baseline,
    ratio,
    goal: under(ours, 0.5),
  };
  return [row];
};

/** As `npm run validate` starts it, without npm. */
const validate = (environments: string): Promise<ProcessTiming> =>
  run({
    program: process.execPath,
    args: ["tools/setup/run.js", "cli/main.ts", "validate", "--environments", environments],
    directory: repository,
  });
