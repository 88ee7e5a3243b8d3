import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { ruleName } from "../../../core/naming";
import type { ExecutionReport } from "../../report/types";
import type { PeriodReport } from "../../report/ground-truth-types";
import { modelContext } from "../../../stacks/model-context";
import { pipelinesIn } from "../../../stacks/model-pipelines";
import { clientsOf, type AccountClients } from "../accounts";
import { watch, type Watch, type Workload } from "../context";
import type { EndedExecution } from "../executions";
import type { DrillResults } from "../results";
import type { Logger, Stages } from "../stage";
import type { GroundTruthParticipants } from "./participants";
import { sample } from "./sample";

export interface GroundTruthOptions {
  readonly estate: Estate;
  readonly participants: GroundTruthParticipants;
  readonly python: string;
  readonly stages: Stages;
  readonly results: Pick<DrillResults, "alerts" | "groundTruths">;
  readonly say: Logger;
  readonly signal: AbortSignal;
}

type Pipeline = (typeof sample.pipelines)[number];

/** One of the act's accounts. */
export interface Account extends Omit<Workload, "pipelines"> {
  /** Full names. */
  readonly pipelines: Readonly<Record<Pipeline, string>>;
}

/** What the stages of the act work with. */
export interface GroundTruthAct extends GroundTruthOptions {
  readonly development: Account;
  readonly production: Account;
  readonly registry: AccountClients;
  /** Names of the rules that start pipelines in production. */
  readonly rules: Readonly<Record<keyof typeof sample.triggers, string>>;
  /** Has the files that the model's own script makes. */
  readonly folder: string;
  /** What was found so far. */
  readonly executions: ExecutionReport[];
  readonly periods: PeriodReport[];
}

/** At most, of each thing that is waited for: training tunes, beside everything else, on whatever machine this is. */
export const actSeconds = 600;

export async function prepareAct(options: GroundTruthOptions): Promise<GroundTruthAct> {
  const { estate, participants } = options;
  const [development, production, registry] = await Promise.all([
    accountOf(options, participants.development),
    accountOf(options, participants.production),
    clientsOf(estate, participants.registry),
  ]);
  const named = (trigger: string) => ruleName(participants.model.name, trigger);
  const { inference, monitor, training } = sample.triggers;
  return {
    ...{ ...options, development, production, registry },
    rules: { inference: named(inference), monitor: named(monitor), training: named(training) },
    folder: await mkdtemp(join(tmpdir(), "mlops-data-")),
    executions: [],
    periods: [],
  };
}

async function accountOf(
  { estate, participants: { model } }: GroundTruthOptions,
  environment: WorkloadEnvironment,
): Promise<Account> {
  const running = pipelinesIn(estate, environment, model);
  const fullName = (short: Pipeline) => running[short]?.name ?? "";
  return {
    environment,
    clients: await clientsOf(estate, environment),
    context: modelContext(estate, environment, model),
    pipelines: { train: fullName("train"), inference: fullName("inference"), monitor: fullName("monitor") },
  };
}

/** Follows an execution of the act to its end, and keeps its report. */
export const watchAct = (
  { executions, say, signal }: GroundTruthAct,
  account: Account,
  caption: Parameters<typeof watch>[2],
  arn: string,
): Promise<EndedExecution> => {
  const of: Watch = { results: { executions }, say, signal, seconds: actSeconds };
  return watch(of, account, caption, arn);
};
