import { S3Client } from "@aws-sdk/client-s3";
import { heldOutRows } from "../../deploy/releases/held-out";
import { testEndpoint, type TestReport } from "../../deploy/releases/test-release";
import { describeVersion } from "../../operate/model-packages";
import { namesOfWorkload, workloadsOf } from "../../stacks/topology";
import type { Context } from "../context";
import type { EndpointTarget } from "./target";
import { registryClient, trainerAccess } from "./version";

/** Invokes an endpoint with the rows that a version was evaluated on, in the account that trained it. */
export async function testVersion(
  context: Context,
  target: EndpointTarget,
  modelPackageArn: string,
): Promise<TestReport> {
  const { ModelMetrics } = await describeVersion(await registryClient(context, target), modelPackageArn);
  const uri = ModelMetrics?.ModelQuality?.Statistics?.S3Uri ?? "";
  const { estate } = context;
  const trainer = workloadsOf(estate).find((each) =>
    uri.startsWith(`s3://${namesOfWorkload(estate, each).dataBucket}/`),
  );
  if (!trainer)
    throw new Error(
      `no environment has the bucket of the version's evaluation, ${uri || "which it has not"}`,
    );
  const s3 = new S3Client(await trainerAccess(context, target, trainer));
  return testEndpoint(target.runtime, target.names.endpoint, await heldOutRows(s3, uri));
}

export function describeTest({ rows, auc, recordedAuc, milliseconds, passed }: TestReport): string {
  const verdict = passed ? "as good as registered" : "worse than registered";
  return [
    `${rows} held-out rows: AUC ${auc.toFixed(4)}, ${verdict} (${recordedAuc.toFixed(4)})`,
    `Invocations took ${milliseconds.p50.toFixed(0)} ms (p50), ${milliseconds.p99.toFixed(0)} ms (p99)`,
  ].join("\n");
}
