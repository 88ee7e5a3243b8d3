import { join } from "node:path";
import { models } from "../../pipelines";
import { exampleEnvironments, repository } from "../../tools/paths";
import { againstOther, scriptIn } from "../against";
import { benchFolder, type Measure } from "../bench";
import { writeEnvironments } from "../estates/environment-files";
import { secondsOf, slower } from "../figures";
import { takeTurns } from "../rounds";
import { under, type Row } from "../row";
import { run, type ProcessTiming } from "../timing";

/** `npm run validate` on 100 environment files, against the shipped four. */
export const measureValidation: Measure = async ({ quick, against, say }) => {
  const many = join(benchFolder, "validation");
  writeEnvironments(many, { workloads: 100, models: models.map(({ name }) => name) });
  const contestants = {
    many: () => validate(repository, many),
    shipped: () => validate(repository, exampleEnvironments),
  };
  const turns = await takeTurns(
    against === undefined ? contestants : { ...contestants, other: () => validate(against, many) },
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
  if (!("other" in turns)) return [row];
  return [row, againstOther(row, ours, secondsOf(ours.label, turns.other))];
};

/** As `npm run validate` starts it, without npm. */
const validate = (checkout: string, environments: string): Promise<ProcessTiming> =>
  run(scriptIn(checkout, "validate", "--environments", environments));
