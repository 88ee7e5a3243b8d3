import type { ModelDefinition } from "../../pipelines/model";
import type { LocalAwsAddress } from "../../tools/local-aws/address";
import { sideBySide } from "../../tools/side-by-side";
import type { Servers } from "../servers";
import { prepareDrill, type DrillContext } from "./context";
import { playGroundTruth } from "./ground-truth";
import type { GroundTruthOptions } from "./ground-truth/context";
import { findGroundTruth } from "./ground-truth/participants";
import { playDrill } from "./index";
import { findParticipants, whyNoParticipants } from "./participants";
import { playProjects } from "./projects";
import { findProjects } from "./projects/participants";
import type { DrillResults } from "./results";
import { makeData } from "./stages/data";
import type { Standing } from "./standing";
import { playWorkflow } from "./workflow";
import { findWorkflow } from "./workflow/participants";

interface ActsOptions extends Omit<GroundTruthOptions, "participants" | "results"> {
  readonly models: readonly ModelDefinition[];
  readonly localAws: LocalAwsAddress | undefined;
  readonly servers: Servers | undefined;
  /** Variables of what runs the CI server's builds. */
  readonly agent: Readonly<Record<string, string>>;
  readonly results: DrillResults;
}

/** Whatever the estate has parts for, at once: the acts share nothing but the machine. */
export async function playActs(options: ActsOptions, standing: Standing): Promise<void> {
  const drill = await drillWithData(options);
  await sideBySide(
    drill ? playDrill(drill, standing) : Promise.resolve(),
    workflowAct(options, standing),
    groundTruthAct(options, standing),
    projectsAct(options, standing),
  );
}

/** Brings the drill's data to where its pipelines look, which takes the accounts' foundations alone. */
async function drillWithData(options: ActsOptions): Promise<DrillContext | undefined> {
  const { estate, models, localAws, servers, agent, say } = options;
  const participants = findParticipants(estate, models);
  if (!participants) {
    say(`${whyNoParticipants(models)}. The drill is left out`);
    return undefined;
  }
  if (localAws) await servers?.ci?.connect(localAws, agent);
  const drill = await prepareDrill({ ...options, participants, ci: servers?.ci });
  await makeData(drill);
  return drill;
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

/** It is asked for, and not only found: it takes packages and programs that nothing else of a run takes. */
async function projectsAct(
  { localAws, servers, ...options }: ActsOptions,
  standing: Standing,
): Promise<void> {
  const participants = findProjects(options.estate);
  const git = servers?.git;
  if (participants && localAws && git)
    await playProjects({ ...options, participants, localAws, git }, standing);
}
