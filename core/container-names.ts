import { resourceName, shortenedName } from "./name-limits";
import { modelRoleName, ruleName } from "./naming";

/** Names of what builds a model's own image in an account. */
export interface ContainerNames {
  readonly keyAlias: string;
  readonly connection: string;
  readonly buildProject: string;
  readonly deliveryPipeline: string;
  /** Holds the source that a build gets. */
  readonly bucket: string;
  readonly buildRole: string;
  readonly pipelineRole: string;
  readonly logGroup: string;
  readonly topic: string;
  readonly failureRule: string;
  /** Starts the model's workflow. */
  readonly startRule: string;
  /** Tells of images that it does not start with. */
  readonly scanRule: string;
  /** Of EventBridge, to start it. */
  readonly startRole: string;
  readonly deadLetterQueue: string;
  readonly deadLetterAlarm: string;
  readonly newDeadLetterAlarm: string;
}

interface Scope {
  readonly project: string;
  readonly environment: string;
  readonly account: string;
}

export function containerNames({ project, environment, account }: Scope, model: string): ContainerNames {
  const container = `${model}-container`;
  return {
    keyAlias: resourceName("keyAlias", `alias/${project}`, environment, container),
    connection: shortenedName("connection", model, [project, model]),
    buildProject: resourceName("buildProject", container),
    deliveryPipeline: shortenedName("deliveryPipeline", model, [container]),
    bucket: shortenedName("bucket", model, [project, environment, model, "builds"], account),
    buildRole: modelRoleName("container-build-role", model),
    pipelineRole: modelRoleName("container-pipeline-role", model),
    logGroup: resourceName("logGroup", `/${project}/containers/${model}`),
    topic: resourceName("topic", container),
    failureRule: ruleName(model, "container-failure"),
    startRule: ruleName(model, "container-start"),
    scanRule: ruleName(model, "container-scan"),
    startRole: modelRoleName("container-start-role", model),
    deadLetterQueue: resourceName("queue", container, "undelivered-events"),
    deadLetterAlarm: resourceName("alarm", container, "undelivered-events"),
    newDeadLetterAlarm: resourceName("alarm", container, "new-undelivered-events"),
  };
}
