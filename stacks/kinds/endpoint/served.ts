import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import { endpointNames } from "../../../core/naming";
import { settingsHash } from "../../../core/releases";
import type { Served } from "../../../modules/sagemaker/endpoint-configuration";
import type { Network } from "../../../modules/ec2/statements";
import type { ModelDefinition } from "../../../pipelines/model";
import { networkOf } from "../../network";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { endpointSettingsOf } from "./settings-of";

/** What configurations say beside their versions, as they would be made now. */
export function servedConfiguration(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Served & { readonly network?: Network } {
  const settings = endpointSettingsOf(workload, model);
  if (settings.kind === "serverless") return { serverless: settings.serverless };
  const names = endpointNames(estate.shared.project, model.name);
  const { dataBucket } = namesOfWorkload(estate, workload);
  const network = networkOf(estate, workload);
  const uri = (prefix: string): string => `s3://${dataBucket}/${prefix.replace(/\/$/, "")}`;
  const { instanceType, instances } = settings;
  const within = network && { network };
  if (settings.kind === "real-time")
    return {
      instanceType,
      instanceCount: instances.min,
      capturePercent: settings.capturePercent,
      captureUri: uri(names.capturePrefix),
      ...within,
    };
  const { maxConcurrentInvocationsPerInstance } = settings.asynchronous;
  const where = accountRegionOf(workload);
  return {
    instanceType,
    instanceCount: Math.max(1, instances.min),
    asynchronous: {
      ...(maxConcurrentInvocationsPerInstance !== undefined && { maxConcurrentInvocationsPerInstance }),
      answersUri: uri(names.answerPrefix),
      failuresUri: uri(names.failurePrefix),
      answeredTopicArn: topicArn(where, names.answeredTopic),
      failedTopicArn: topicArn(where, names.failedTopic),
    },
    ...within,
  };
}

export const servedHash = (estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): string =>
  settingsHash(servedConfiguration(estate, workload, model), endpointSettingsOf(workload, model).kind);
