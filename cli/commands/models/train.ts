import { writeFileSync } from "node:fs";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Applier } from "../../../stacks/kind";
import { trainedFirstIn } from "../../../stacks/training";
import { listenForInterrupt } from "../../../tools/interrupt";
import { documented, type AddCommand, type Answer } from "../../command";
import type { Context } from "../../context";
import { releaserRole } from "../../endpoints/target";
import { UsageError } from "../../errors";
import { findWorkload, modelsOf } from "../../estate/find";
import { describeTrained, train } from "../../models/train";
import { applierOption } from "../../options";

interface Options {
  readonly appliedBy?: Applier;
  readonly out?: string;
}

export const addTrain: AddCommand = (parent, act) => {
  documented(parent, "train", {
    summary: "Train an environment's models that would come out other than last time",
    details:
      "A pipeline is started if what is deployed is not what its last successful execution ran, and if none has succeeded yet. " +
      "Only where the way of a model begins: the environment promotes to another, and none before it trains the model. Says which version came of it, and how good it is. " +
      "Ctrl-C stops the executions. Exits with 1 if one does not succeed.",
    examples: ["models train dev", "models train dev --applied-by ci --out trained.txt"],
  })
    .argument("<env>", "environment")
    .option("--applied-by <who>", "as whom: administrator or ci", applierOption)
    .option("--out <file>", "file for what it says too; empty where nothing was to be trained")
    .action(act(trainIn));
};

async function trainIn(context: Context, env: string, { appliedBy, out }: Options): Promise<Answer> {
  const { estate } = context;
  const say = (text: string): void => {
    if (out !== undefined) writeFileSync(context.path(out), text);
  };
  say("");
  const workload = findWorkload(estate, env);
  const trainings = trainedFirstIn(estate, workload, modelsOf(workload));
  if (trainings.length === 0)
    throw new UsageError(
      `Environment ${env} is not where the way of a model begins: mlops environments --trains`,
    );
  const access = await (appliedBy === "ci"
    ? context.accessAs(workload, releaserRole(estate, workload, "ci"))
    : context.access(workload, "scientist"));
  const place = { workload, access, sagemaker: new SageMakerClient(access) };
  const { signal, release } = listenForInterrupt();
  const trained = await train(context, place, trainings, signal).finally(release);
  const ran = trained.filter(({ execution }) => execution !== undefined);
  const text = ran.map((each) => describeTrained(each, context)).join("\n\n");
  say(text);
  return {
    json: trained,
    text: text === "" ? "Nothing to train" : text,
    code: Math.max(...trained.map(({ code }) => code)),
  };
}
