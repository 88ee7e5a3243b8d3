import type { RenderedStep } from "../../../pipelines/definition/rendered/json";
import { changed, pipelineOf, stepOf } from "../../support/more-kinds";

const later = { Get: "Parameters.Model" };
test.each<[string, RenderedStep, string]>([
  [
    "a new cluster, which no condition of IAM's holds to keys and networks",
    changed("Crunch", { ClusterId: undefined, ClusterConfig: { Instances: {} } }),
    "step Crunch: ClusterConfig must not be given: ",
  ],
  [
    "a cluster that a run says",
    changed("Crunch", { ClusterId: later }),
    "step Crunch: ClusterId must be known",
  ],
  [
    "a role that a run says",
    changed("Crunch", { ExecutionRoleArn: later }),
    "step Crunch: ExecutionRoleArn must be known beforehand",
  ],
  [
    "an endpoint of the stacks",
    changed("Serve", { EndpointName: "mlops-scorer" }),
    'EndpointName must begin with pipelines-, for other names are the stacks\', got: "mlops-scorer"',
  ],
  [
    "an endpoint that a run says",
    changed("Serve", { EndpointName: later }),
    "EndpointName must be known beforehand, at least how it begins",
  ],
  [
    "a model that a run says",
    changed("Configure", { ProductionVariants: [{ ModelName: later, InstanceType: "ml.m5.large" }] }),
    "ProductionVariants[].ModelName must be known beforehand",
  ],
  [
    "another role of an endpoint",
    changed("Configure", { ExecutionRoleArn: "arn:aws:iam::111111111111:role/other" }),
    "step Configure: ExecutionRoleArn must be the context's execution_role_arn",
  ],
  [
    "an AutoML job whose machines' traffic is open",
    changed("Search", {
      AutoMLJobConfig: { SecurityConfig: { EnableInterContainerTrafficEncryption: false } },
    }),
    "step Search: EnableInterContainerTrafficEncryption must not be false",
  ],
])("%s is refused by the step's name", (_, step, message) => {
  const before = step.Name === "Serve" ? [stepOf("Configure")] : [];
  expect(() => pipelineOf(...before, JSON.parse(JSON.stringify(step)) as RenderedStep).permissions()).toThrow(
    message,
  );
});
