import { S3Client } from "@aws-sdk/client-s3";
import { heldOutRows } from "../../deploy/releases/held-out";
import type { HeldOut, TestReport } from "../../deploy/releases/test-release";
import { describeVersion } from "../../operate/model-packages";
import type { Context } from "../context";
import type { EndpointTarget } from "./target";
import { evaluationOf, evaluatorOf, registryClient, trainerAccess } from "./version";

/**
 * The rows that a version was evaluated on, from the account that trained it.
 * @throws UsageError where whoever releases may not read there; Error where there are none
 */
export async function heldOutOf(
  context: Context,
  target: EndpointTarget,
  modelPackageArn: string,
): Promise<HeldOut> {
  const described = await describeVersion(await registryClient(context, target), modelPackageArn);
  const uri = evaluationOf(described) ?? "";
  const trainer = evaluatorOf(context.estate, uri);
  return heldOutRows(new S3Client(await trainerAccess(context, target, trainer)), uri);
}

export function describeTest({ rows, auc, recordedAuc, milliseconds, passed }: TestReport): string {
  const verdict = passed ? "as good as registered" : "worse than registered";
  return [
    `${rows} held-out rows: AUC ${auc.toFixed(4)}, ${verdict} (${recordedAuc.toFixed(4)})`,
    `Invocations took ${milliseconds.p50.toFixed(0)} ms (p50), ${milliseconds.p99.toFixed(0)} ms (p99)`,
  ].join("\n");
}
