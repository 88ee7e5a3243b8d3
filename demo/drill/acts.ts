import type { ModelDefinition } from "../../pipelines/model";
import type { LocalAwsAddress } from "../../tools/local-aws/address";
import { sideBySide } from "../../tools/side-by-side";
import type { DrillContext } from "./context";
import { playGroundTruth } from "./ground-truth";
import type { GroundTruthOptions } from "./ground-truth/context";
import { findGroundTruth } from "./ground-truth/participants";
import { playDrill } from "./index";
import type { DrillResults } from "./results";
import type { Standing } from "./standing";
import { playWorkflow } from "./workflow";
import { findWorkflow } from "./workflow/participants";

interface ActsOptions extends Omit<GroundTruthOptions, "participants" | "results"> {
  readonly models: readonly ModelDefinition[];
  readonly localAws: LocalAwsAddress | undefined;
  readonly results: DrillResults;
}

/** Whatever the estate has parts for, at once: the acts share nothing but the machine. */
export async function playActs(
  drill: DrillContext | undefined,
  standing: Standing,
  options: ActsOptions,
): Promise<void> {
  await sideBySide(
    drill ? playDrill(drill, standing) : Promise.resolve(),
    workflowAct(options, standing),
    groundTruthAct(options, standing),
  );
}

async function workflowAct({ models, localAws, ...options }: ActsOptions, standing: Standing): Promise<void> {
  const participants = findWorkflow(options.estate, models);
  if (!participants || !localAws) return;
  await standing.everywhere();
  await playWorkflow({ ...options, participants, localAws });
}

async function groundTruthAct({ models, ...options }: ActsOptions, standing: Standing): Promise<void> {
  const participants = findGroundTruth(options.estate, models);
  if (participants) await playGroundTruth({ ...options, participants }, standing);
}
