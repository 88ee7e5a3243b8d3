import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, functionArn, pipelineArn, queueArn, ruleArn, topicArn } from "../../../core/arns";
import { foundationStackId, modelStackId } from "../../../core/stack-ids";
import { topicManagement } from "../../../modules/alerts/alert-topic";
import { alarmManagement, queueManagement } from "../../../modules/alerts/dead-letter-queue";
import { ruleManagement } from "../../../modules/events/rule-management";
import { functionManagement } from "../../../modules/lambda/node-function";
import { pipelineManagement } from "../../../modules/sagemaker/pipeline";
import { enabledTriggers, type ModelDefinition, type Trigger } from "../../../pipelines/model";
import { modelOf, type Managed, type StackKind } from "../../kind";
import { pipelinesIn } from "../../model-pipelines";
import { namesOfWorkload, accountRegionOf, registryOf, settingsOf } from "../../topology";
import { ModelStack } from "./model-stack";
import { modelStackNames } from "./names";

/** `<env>-<model>`: a model's pipelines, and what starts, watches and reports on them. */
export const modelKind: StackKind<WorkloadEnvironment> = {
  kind: "model",
  title: "models",
  in: "workload",
  wave: "workload",
  settings: undefined,
  rules: [],
  instances: (account) =>
    Object.keys(account.models ?? {}).map((name) => ({ id: modelStackId(account, { name }), model: name })),
  create: (app, stack, context) => {
    new ModelStack(app, stack.id, { ...context.propsOf(stack), model: modelOf(stack) });
  },
  appliedBy: ({ environment }) => (environment.ci === undefined ? "administrator" : "ci"),
  contents: (_, stack) => contentsOf(stack.environment, modelOf(stack)),
  links: (estate, { id, environment }) => [
    {
      kind: "data",
      from: id,
      to: registryOf(estate, environment).name,
      label: "registers versions, takes the approved one",
      both: true,
    },
    {
      kind: "trust",
      from: id,
      to: foundationStackId(environment),
      label: `runs as ${namesOfWorkload(estate, environment).executionRole}`,
    },
  ],
  manages: (estate, stack) => managedBy(estate, stack.environment, modelOf(stack)),
};

function contentsOf(workload: WorkloadEnvironment, model: ModelDefinition): string[] {
  const settings = settingsOf(workload, model);
  const pipelines = settings.pipelines ?? Object.keys(model.pipelines);
  const describe = ([name, { on, start, setting }]: [string, Trigger]): string =>
    on === "schedule" ? `${start} at ${String(settings[setting])}` : name;
  return [
    `${list.format(pipelines)} ${pipelines.length === 1 ? "pipeline" : "pipelines"}`,
    ...enabledTriggers(model.triggers, settings).map(describe),
    "failure alerts",
  ];
}

const list = new Intl.ListFormat("en-GB");

function managedBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Managed {
  const names = modelStackNames(model);
  const where = accountRegionOf(workload);
  const pipelines = Object.values(pipelinesIn(estate, workload, model));
  return {
    services: [
      pipelineManagement(pipelines.map(({ name }) => pipelineArn(where, name))),
      functionManagement([functionArn(where, names.latestApprovedModelFunction)]),
      ruleManagement(names.rules.map((rule) => ruleArn(where, rule))),
      topicManagement([topicArn(where, names.alertTopic)]),
      queueManagement([queueArn(where, names.deadLetterQueue)]),
      alarmManagement([alarmArn(where, names.deadLetterAlarm)]),
    ],
    dataPrefixes: [`${model.name}/scripts/`],
  };
}
