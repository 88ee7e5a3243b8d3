import { basename, join } from "node:path";
import type { VpcConfig } from "@aws-sdk/client-sagemaker";
import { StepFailure } from "../execution/failure";
import type { StepContext } from "../steps/step";
import { downloadObject } from "./s3";

type Texts = Readonly<Record<string, unknown>>;

/** A script that a job's image is to run: its code is an archive in S3, or lies in the container. */
export interface Script {
  /** Where the code is; undefined where nobody says. */
  readonly submitted: string | undefined;
}

/** The script of a training job, if it has one, by its hyperparameters, whose values AWS's SDK writes as JSON. */
export const scriptOfTraining = (hyperparameters: Texts = {}): Script | undefined =>
  hyperparameters.sagemaker_program === undefined
    ? undefined
    : { submitted: textIn(hyperparameters.sagemaker_submit_directory) };

/** The same of a model, by its container's environment. */
export const scriptOfModel = (environment: Texts = {}): Script | undefined =>
  environment.SAGEMAKER_PROGRAM === undefined
    ? undefined
    : { submitted: textIn(environment.SAGEMAKER_SUBMIT_DIRECTORY) };

function textIn(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

/** Whose a container is, and what it reaches. */
interface Holder {
  readonly folder: string;
  readonly roleArn: string | undefined;
  readonly isolated: boolean | undefined;
  readonly vpc: VpcConfig | undefined;
}

/**
 * Brings code that lies in S3 into a container's folder, as its role. On SageMaker the container does so itself.
 * @throws StepFailure where it could not, having no network
 */
export async function bringCode(
  context: StepContext,
  { submitted }: Script,
  { folder, roleArn, isolated = false, vpc }: Holder,
): Promise<void> {
  if (!submitted?.startsWith("s3://")) return;
  if (isolated)
    throw new StepFailure(
      `ClientError: the container brings its code from ${submitted} itself, which EnableNetworkIsolation keeps it from; AWS's SDK hands it over otherwise where it is told of the isolation (enable_network_isolation=True)`,
    );
  const { s3 } = await context.sessionOf(roleArn, vpc);
  await downloadObject(s3, submitted, join(folder, "submitted", basename(submitted)));
}
