import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  ListEndpointConfigsCommand,
  ListModelsCommand,
  SageMakerClient,
  type DescribeEndpointOutput,
} from "@aws-sdk/client-sagemaker";
import { ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { mockClient } from "aws-sdk-client-mock";
import { cleanUp } from "../../../lambdas/cleanup/clean-up";

const sagemaker = mockClient(SageMakerClient);
const states = mockClient(SFNClient);
const scope = { stateMachineArn: "arn:machine", endpoint: "iris-workflow", runPrefix: "iris-run" };
const nameOf = (digit: number) => `iris-run-${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const [replaced, serving, coming, running] = [1, 2, 3, 4].map(nameOf) as [string, string, string, string];
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

/** Names by when they were made; those of other people among them. */
function made(endpoint: DescribeEndpointOutput | undefined, runs: readonly Date[] = []): void {
  sagemaker.reset();
  states.reset();
  const names = { [replaced]: 1, [serving]: 2, [coming]: 3, [running]: 9, "iris-run-of-somebody-else": 0 };
  const all = Object.entries(names).map(([name, minute]) => ({ name, at: at(minute) }));
  states.on(ListExecutionsCommand).resolves({
    executions: runs.map((startDate) => ({
      executionArn: "",
      stateMachineArn: "",
      name: "",
      status: "RUNNING" as const,
      startDate,
    })),
  });
  if (endpoint) sagemaker.on(DescribeEndpointCommand).resolves({ $metadata: {}, ...endpoint });
  else sagemaker.on(DescribeEndpointCommand).rejects(new Error('Could not find endpoint "arn".'));
  sagemaker.on(ListEndpointConfigsCommand).resolves({
    EndpointConfigs: all.map((one) => ({
      EndpointConfigName: one.name,
      EndpointConfigArn: "",
      CreationTime: one.at,
    })),
  });
  sagemaker.on(ListModelsCommand).resolves({
    Models: all.map((one) => ({ ModelName: one.name, ModelArn: "", CreationTime: one.at })),
  });
  for (const command of [DeleteEndpointCommand, DeleteEndpointConfigCommand, DeleteModelCommand])
    sagemaker.on(command as typeof DeleteModelCommand).resolves({});
}

const clients = { sagemaker: new SageMakerClient(), states: new SFNClient() };
const both = (...names: string[]) => [
  ...names.map((name) => `endpoint configuration ${name}`),
  ...names.map((name) => `model ${name}`),
];
const standing = (status: string, more: object = {}) =>
  ({ EndpointStatus: status, EndpointConfigName: serving, ...more }) as unknown as DescribeEndpointOutput;

test("what serves and what is about to stays, and what runs under way have made; everything else of runs goes", async () => {
  made(standing("Updating", { PendingDeploymentSummary: { EndpointConfigName: coming } }), [at(12), at(8)]);
  expect(await cleanUp(clients, scope)).toEqual(both(replaced));
});

test("where nothing runs, only what serves stays", async () => {
  made(standing("InService"));
  expect(await cleanUp(clients, scope)).toEqual(both(replaced, coming, running));
});

test("an endpoint that never came up goes with what it was made of, once no run is under way", async () => {
  made(standing("Failed"));
  expect(await cleanUp(clients, scope)).toEqual([
    "endpoint iris-workflow",
    ...both(replaced, serving, coming, running),
  ]);
  made(standing("Failed"), [at(0)]);
  expect(await cleanUp(clients, scope)).toEqual([]);
});

test("where there is no endpoint yet, what runs left goes; what is gone already is no failure", async () => {
  made(undefined);
  sagemaker.on(DeleteModelCommand).rejects(new Error('Could not find model "arn".'));
  expect(await cleanUp(clients, scope)).toHaveLength(8);
  sagemaker.on(DeleteModelCommand).rejects(new Error("Rate exceeded"));
  await expect(cleanUp(clients, scope)).rejects.toThrow("Rate exceeded");
});
