import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { models } from "../../pipelines";
import { hasPipelines } from "../../pipelines/model";
import { foundationStackId, modelStackId } from "../../core/stack-ids";
import { benchFolder, type Measure } from "../bench";
import { makeCheckout } from "../estates/checkout";
import { workloadNames } from "../estates/environment-files";
import { secondsOf, slower } from "../figures";
import { changesPending, mlops } from "../mlops";
import { takeTurns } from "../rounds";
import { atMost, type Row } from "../row";

const checkout = join(benchFolder, "checkout");
const environments = 100;
const measure = "affected";

/** A change to one of 100 environments: `plan --affected` against a plan of the one stack that it concerns. */
export const measureAffected: Measure = async ({ quick, say, estates }) => {
  makeCheckout(checkout, { workloads: environments, models: models.map(({ name }) => name) });
  const stack = changedStack();
  await estates.apply({
    environments: join(checkout, "environments"),
    output: join(benchFolder, "affected"),
    only: ({ id }) => stack.applied.includes(id),
  });
  changeSchedule(stack.environment);
  const plan = (...args: string[]) => mlops(["plan", ...args], { checkout, accepted: [changesPending] });
  const turns = await takeTurns(
    {
      warm: () => plan("--affected", "HEAD"),
      one: () => plan(stack.id),
      cold: () => {
        forgetSyntheses();
        return plan("--affected", "HEAD");
      },
    },
    { count: quick ? 1 : 5, say },
  );
  for (const { stdout } of [...turns.warm, ...turns.cold]) requireOnly(stack.id, stdout);
  const warm = secondsOf("plan --affected, base commit synthesised before", turns.warm);
  const cold = secondsOf("plan --affected, base commit never synthesised", turns.cold);
  const one = secondsOf(`plan of that stack`, turns.one);
  const [ratio, coldRatio] = [slower(warm, one), slower(cold, one)];
  return [
    {
      measure,
      what: "plan of what a change affects",
      ours: warm,
      baseline: one,
      ratio,
      goal: atMost(ratio, 1.3),
    },
    { measure, what: "the same, for the first time", ours: cold, baseline: one, ratio: coldRatio },
  ] satisfies Row[];
};

/** A model's stack in the middle of the estate. */
function changedStack() {
  const name = workloadNames(environments)[environments / 2] ?? "";
  const model = models.find(hasPipelines);
  if (!model) throw new Error("there is no model in pipelines/");
  const id = modelStackId({ name }, model);
  return { environment: name, id, applied: [`${name}-state`, foundationStackId({ name }), id] };
}

function changeSchedule(environment: string): void {
  const file = join(checkout, "environments", `${environment}.json`);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("cron(0 23 * * ? *)", "cron(0 22 * * ? *)"));
}

const forgetSyntheses = (): void => {
  rmSync(join(checkout, ".cache/affected"), { recursive: true, force: true });
};

/** @throws Error where a plan held more or less than the one stack */
function requireOnly(stack: string, stdout: string): void {
  const affected = /^ {2}(\S+)$/gm;
  const ids = [...stdout.matchAll(affected)].map((match) => match[1]);
  if (ids.length !== 1 || ids[0] !== stack)
    throw new Error(`plan --affected planned ${ids.join(", ") || "nothing"} instead of ${stack}`);
}
