import { modelsRunIn } from "../../../config/partial-account";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import {
  furtherStatements,
  logsStatements,
  metricsStatements,
  s3Statements,
  sagemakerStatements,
  type Reach,
} from "../../../modules/ec2/endpoint-statements";
import type { EndpointPolicies } from "../../../modules/ec2/private-endpoints";
import { madeNetwork } from "../../network";
import { accountRegionOf, namesOfRegistry, namesOfWorkload, registryOf } from "../../topology";

/** What endpoints of an account's network let through. */
export function reachOf(estate: Estate, workload: WorkloadEnvironment): Reach {
  const registry = registryOf(estate, workload);
  return {
    where: accountRegionOf(workload),
    registry: accountRegionOf(registry),
    buckets: [
      namesOfWorkload(estate, workload).dataBucket,
      namesOfRegistry(estate, registry).artifactsBucket,
    ],
  };
}

export const s3Of = (estate: Estate, workload: WorkloadEnvironment) =>
  s3Statements(reachOf(estate, workload));

/**
 * Services that what runs in an account reaches by interfaces: SageMaker brings logs and metrics of jobs and endpoints; functions, which
 * stand where pipelines do, ask SageMaker itself. Images come by SageMaker's own ways, what functions print by Lambda's.
 */
export function interfacesOf(estate: Estate, workload: WorkloadEnvironment): EndpointPolicies {
  const reach = reachOf(estate, workload);
  const further = madeNetwork(estate, workload)?.services ?? [];
  return {
    ...Object.fromEntries(further.map((service) => [service, furtherStatements(reach)])),
    logs: logsStatements(reach),
    monitoring: metricsStatements(reach),
    ...(modelsRunIn(workload).length > 0 && { "sagemaker.api": sagemakerStatements(reach) }),
  };
}
