import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { endpointNames } from "../../../core/naming";
import type { ModelDefinition } from "../../../pipelines/model";
import { networkOf } from "../../network";
import { namesOfWorkload } from "../../topology";
import { endpointSettingsOf, settingsHash } from "./settings";

/** What configurations say beside their versions, as they would be made now. */
export function servedConfiguration(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition) {
  const { instanceType, instances, capturePercent } = endpointSettingsOf(workload, model);
  const { capturePrefix } = endpointNames(estate.shared.project, model.name);
  const { dataBucket } = namesOfWorkload(estate, workload);
  const network = networkOf(estate, workload);
  return {
    instanceType,
    instanceCount: instances.min,
    capturePercent,
    captureUri: `s3://${dataBucket}/${capturePrefix.replace(/\/$/, "")}`,
    ...(network && { network }),
  };
}

export const servedHash = (estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): string =>
  settingsHash(servedConfiguration(estate, workload, model));
