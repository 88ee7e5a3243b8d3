import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, bucketArn, modelPackagesArn, roleArn, topicArn } from "../../../core/arns";
import { endpointNames, servingRoleName } from "../../../core/naming";
import { topicManagement } from "../../../modules/alerts/alert-topic";
import { alarmManagement } from "../../../modules/alerts/dead-letter-queue";
import { endpointManagement } from "../../../modules/sagemaker/endpoint-management";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Managed } from "../../kind";
import { accountRegionOf, namesOfWorkload, registryOf } from "../../topology";
import { endpointSettingsOf } from "./settings-of";

/** What applying an endpoint's stack takes, and releasing versions to it. */
export function managedBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Managed {
  const where = accountRegionOf(workload);
  const names = endpointNames(estate.shared.project, model.name);
  const { keyAlias, executionRole, dataBucket } = namesOfWorkload(estate, workload);
  const registry = accountRegionOf(registryOf(estate, workload));
  const isAsynchronous = endpointSettingsOf(workload, model).kind === "asynchronous";
  const alarms = [names.errorAlarm, names.latencyAlarm, ...(isAsynchronous ? [names.waitingAlarm] : [])];
  return {
    services: [
      topicManagement([topicArn(where, names.alarmTopic)], workload.alertEmails),
      alarmManagement(alarms.map((alarm) => alarmArn(where, alarm))),
      ...endpointManagement(where, {
        ...{ names, keyAlias },
        versions: modelPackagesArn(registry, model.modelPackageGroup),
        ...(isAsynchronous && { requestsIn: bucketArn(where, dataBucket) }),
      }),
    ],
    dataPrefixes: [],
    passes: [
      {
        roleArn: roleArn(workload, servingRoleName(executionRole, model.name)),
        to: ["sagemaker.amazonaws.com"],
      },
    ],
  };
}
