import { modelsWith } from "../../../config/partial-account";
import type { WorkloadEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import { endpointNames } from "../../../core/naming";
import { endpointStackId, foundationStackId } from "../../../core/stack-ids";
import type { Machines } from "../../../pipelines/definition";
import { modelOf, nothingByHand, type StackKind } from "../../kind";
import { accountRegionOf } from "../../topology";
import { serverlessIsInNoNetwork } from "./rules";
import { endpointSettings } from "./settings";
import { endpointSettingsOf, type EndpointSettings } from "./settings-of";

/** While an update goes over, both fleets stand. https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green.html */
const fleets = (settings: EndpointSettings): Machines[] =>
  settings.kind === "serverless"
    ? []
    : [{ use: "endpoint", instanceType: settings.instanceType, count: 2 * settings.instances.max }];

function capacityOf(settings: EndpointSettings): string {
  if (settings.kind === "serverless")
    return `serverless, ${settings.serverless.memoryMb} MB, up to ${settings.serverless.maxConcurrency} at once`;
  const { min, max } = settings.instances;
  const machines = `${min === 0 ? `0 to ${max}` : min} × ${settings.instanceType}`;
  return settings.kind === "asynchronous" ? `asynchronous, on ${machines}` : `on ${machines}`;
}

/** `<env>-<model>-endpoint`: what serves a model, where its settings ask for that. */
export const endpointKind: StackKind<WorkloadEnvironment> = {
  kind: "endpoint",
  title: "endpoints",
  in: "workload",
  wave: "workload",
  settings: { at: "model", key: "endpoint", schema: endpointSettings },
  rules: [serverlessIsInNoNetwork],
  instances: (account) =>
    modelsWith(account, "endpoint").map((name) => ({ id: endpointStackId(account, { name }), model: name })),
  create: (app, stack, context) => {
    const { EndpointStack } = require("./endpoint-stack") as typeof import("./endpoint-stack");
    new EndpointStack(app, stack.id, { ...context.propsOf(stack), model: modelOf(stack) });
  },
  appliedBy: ({ environment }) => (environment.ci === undefined ? "administrator" : "ci"),
  contents: (estate, stack) => {
    const model = modelOf(stack);
    const settings = endpointSettingsOf(stack.environment, model);
    const { endpoint } = endpointNames(estate.shared.project, model.name);
    return [
      `endpoint ${endpoint}${settings.kind === "real-time" ? "" : ","} ${capacityOf(settings)}`,
      "its alarms",
      "its record of releases",
    ];
  },
  links: (_, { id, environment }) => [
    { kind: "trust", from: id, to: foundationStackId(environment), label: "serves as its endpoint's role" },
  ],
  needs: (estate, stack) => {
    const { neededBy } = require("./needs") as typeof import("./needs");
    return neededBy(estate, stack.environment, modelOf(stack));
  },
  byHand: (estate, stack) => ({
    ...nothingByHand,
    machines: fleets(endpointSettingsOf(stack.environment, modelOf(stack))),
    mail: [
      {
        topicArn: topicArn(
          accountRegionOf(stack.environment),
          endpointNames(estate.shared.project, modelOf(stack).name).alarmTopic,
        ),
        emails: stack.environment.alertEmails,
      },
    ],
  }),
  manages: (estate, stack) => {
    const { managedBy } = require("./managed") as typeof import("./managed");
    return managedBy(estate, stack.environment, modelOf(stack));
  },
};
