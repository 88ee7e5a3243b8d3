import { modelsRunIn } from "../../../config/partial-account";
import type { WorkloadEnvironment } from "../../../config/schema";
import { foundationStackId, modelStackId } from "../../../core/stack-ids";
import { enabledTriggers, type ModelDefinition, type Trigger } from "../../../pipelines/model";
import { modelOf, type StackKind } from "../../kind";
import { namesOfWorkload, registryOf, settingsOf } from "../../topology";

/** `<env>-<model>`: a model's pipelines, and what starts, watches and reports on them. */
export const modelKind: StackKind<WorkloadEnvironment> = {
  kind: "model",
  title: "models",
  in: "workload",
  wave: "workload",
  settings: undefined,
  rules: [],
  instances: (account) =>
    modelsRunIn(account).map((name) => ({ id: modelStackId(account, { name }), model: name })),
  create: (app, stack, context) => {
    const { ModelStack } = require("./model-stack") as typeof import("./model-stack");
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
  needs: (estate, stack) => {
    const { neededBy } = require("./needs") as typeof import("./needs");
    return neededBy(estate, stack.environment, modelOf(stack));
  },
  byHand: (estate, stack) => {
    const { byHandOf } = require("./by-hand") as typeof import("./by-hand");
    return byHandOf(estate, stack.environment, modelOf(stack));
  },
  manages: (estate, stack) => {
    const { managedBy } = require("./managed") as typeof import("./managed");
    return managedBy(estate, stack.environment, modelOf(stack));
  },
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
