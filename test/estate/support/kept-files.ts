import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { clientsOf } from "../../../demo/drill/accounts";
import type { Estate } from "../../../config/schema";
import { startExecution, waitForExecution } from "../../../operate/executions";
import { describeVersion, listVersions } from "../../../operate/model-packages";

const group = "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/mammo-severity-model-package";

/** What is tried with the files of registered versions once the drill is over. */
export interface Tampering {
  /** The answer to an upload over a kept file, as administrator of the registry's account: without and with the header. */
  readonly overwriting: readonly string[];
  /** What dev's inference takes, though prod has registered a newer version. */
  readonly takenInDev: string | undefined;
  /** Why prod's inference fails once the newest version's artifact has been deleted and another put there. */
  readonly refusal: string | undefined;
}

export async function tamperWith(estate: Estate): Promise<Tampering> {
  const of = (name: string) => {
    const environment = estate.environments.find((one) => one.name === name);
    if (!environment) throw new Error(`the tests' estate has no environment ${name}`);
    return clientsOf(estate, environment);
  };
  const [dev, prod, registry] = await Promise.all([of("dev"), of("prod"), of("registry")]);
  const [newest] = await listVersions(registry.sagemaker, group);
  const version = await describeVersion(registry.sagemaker, newest?.ModelPackageArn ?? "");
  const file = placeOf(version.InferenceSpecification?.Containers?.[0]?.ModelDataUrl ?? "");
  const overwriting = [await put(registry.s3, file), await put(registry.s3, file, "*")];
  const takenInDev = await lookUp(dev);
  await registry.s3.send(new DeleteObjectCommand(file));
  await put(registry.s3, file, "*");
  return { overwriting, takenInDev: takenInDev.taken, refusal: (await lookUp(prod)).refusal };
}

function placeOf(uri: string): { readonly Bucket: string; readonly Key: string } {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return { Bucket, Key };
}

/** @returns "written", or the status that it was refused with */
async function put(s3: S3Client, place: ReturnType<typeof placeOf>, IfNoneMatch?: string): Promise<string> {
  try {
    await s3.send(new PutObjectCommand({ ...place, Body: "another", IfNoneMatch }));
    return "written";
  } catch (error) {
    return String((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode);
  }
}

/** Runs inference; what its first step found counts, whatever becomes of the batch. */
async function lookUp({ sagemaker }: Awaited<ReturnType<typeof clientsOf>>) {
  const arn = await startExecution(sagemaker, {
    pipeline: "mammo-severity-inference-pipeline",
    parameters: {},
  });
  const { steps } = await waitForExecution(sagemaker, arn, { pollMilliseconds: 200 });
  const step = steps.find(({ StepName }) => StepName === "Mammo-LatestApprovedModel");
  const outputs = step?.Metadata?.Lambda?.OutputParameters ?? [];
  return {
    taken: outputs.find(({ Name }) => Name === "model_artifact_uri")?.Value,
    refusal: step?.FailureReason,
  };
}
