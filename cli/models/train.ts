import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { WorkloadEnvironment } from "../../config/schema";
import type { AccountAccess } from "../../deploy/access/account-access";
import { startExecution } from "../../operate/executions";
import { describeVersion as describePackage } from "../../operate/model-packages";
import type { Training } from "../../stacks/training";
import type { Context } from "../context";
import { exitCodes } from "../errors";
import { describeExecution } from "../pipelines/describe-execution";
import type { ExecutionView } from "../pipelines/execution-view";
import { runToEnd } from "../pipelines/run-to-end";
import { describeVersion, detailsOf, type VersionDetails } from "./describe-version";
import { linkToObject } from "./link";
import { readQuality } from "./quality";
import { trainingNeed, type TrainingNeed } from "./training-need";

/** Where models are trained. */
export interface TrainingPlace {
  readonly workload: WorkloadEnvironment;
  readonly sagemaker: SageMakerClient;
  /** By which evaluations are read. */
  readonly access: AccountAccess;
}

/** What became of one pipeline. */
export interface Trained {
  readonly model: string;
  readonly pipeline: string;
  readonly need: TrainingNeed;
  /** Undefined where nothing had to be trained. */
  readonly execution?: ExecutionView;
  /** What the execution registered. */
  readonly version?: VersionDetails & { readonly link?: string | undefined };
  readonly code: number;
}

/** An execution to be followed, or undefined: nothing was to be done. */
interface Begun extends Pick<Trained, "model" | "pipeline" | "need"> {
  readonly arn: string | undefined;
}

/** Starts what is due, all of it, and follows each to its end; what is under way already is followed, not started once more. */
export async function train(
  context: Context,
  place: TrainingPlace,
  trainings: readonly Training[],
  signal: AbortSignal,
): Promise<Trained[]> {
  const begun: Begun[] = [];
  for (const training of trainings) begun.push(await begin(context, place, training));
  const ended: Trained[] = [];
  for (const each of begun) ended.push(await follow(context, place, each, signal));
  return ended;
}

async function begin(
  context: Context,
  { sagemaker }: TrainingPlace,
  { model, pipeline: { name } }: Training,
): Promise<Begun> {
  const need = await trainingNeed(sagemaker, name);
  const arn = await (need.is === "due" ? startExecution(sagemaker, { pipeline: name }) : inProgress(need));
  context.err.print(`${name}: ${need.why}${need.is === "due" ? `. Started ${arn ?? ""}` : ""}`);
  return { model: model.name, pipeline: name, need, arn };
}

const inProgress = ({ is, executionArn }: TrainingNeed): string | undefined =>
  is === "under way" ? executionArn : undefined;

async function follow(
  context: Context,
  place: TrainingPlace,
  { arn, ...facts }: Begun,
  signal: AbortSignal,
): Promise<Trained> {
  if (arn === undefined) return { ...facts, code: exitCodes.done };
  const { workload: environment, sagemaker } = place;
  const { view: execution, code } = await runToEnd(context, { arn, environment, sagemaker }, signal);
  const registered = execution.steps.flatMap(({ metadata }) => metadata?.RegisterModel?.Arn ?? []).at(-1);
  if (registered === undefined) return { ...facts, execution, code };
  return { ...facts, execution, code, version: await versionOf(context, place, registered) };
}

async function versionOf(context: Context, { workload, sagemaker, access }: TrainingPlace, arn: string) {
  const described = await describePackage(sagemaker, arn);
  const evaluation = described.ModelMetrics?.ModelQuality?.Statistics?.S3Uri;
  const quality = await readQuality(context, evaluation, () => Promise.resolve(access));
  return { ...detailsOf(described, quality), link: linkToObject(workload.region, evaluation) };
}

/** What became of a pipeline that trained, as text. */
export function describeTrained({ version, execution }: Trained, context: Context): string {
  const { paint } = context.out;
  const parts = [
    ...(execution ? [describeExecution(execution, paint)] : []),
    ...(version ? [describeVersion(version, paint)] : []),
    ...(version?.link === undefined ? [] : [`Link         ${version.link}`]),
  ];
  return parts.join("\n");
}
