import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  SageMakerClient,
  type DescribeEndpointOutput,
  type EndpointSummary,
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

/**
 * Names by when they were made; those of other people among them.
 * @param others endpoints beside the workflow's own
 */
function made(
  endpoint: Partial<DescribeEndpointOutput> | undefined,
  runs: readonly Date[] = [],
  others: readonly Partial<DescribeEndpointOutput>[] = [],
): void {
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
  const endpoints = [...(endpoint ? [{ EndpointName: scope.endpoint, ...endpoint }] : []), ...others];
  sagemaker
    .on(ListEndpointsCommand)
    .resolves({ Endpoints: [...endpoints, { EndpointName: "gone" }] as EndpointSummary[] });
  sagemaker.on(DescribeEndpointCommand).rejects(new Error('Could not find endpoint "arn".'));
  for (const each of endpoints)
    sagemaker.on(DescribeEndpointCommand, { EndpointName: each.EndpointName }).resolves(each);
  for (const { name: EndpointConfigName } of all)
    sagemaker.on(DescribeEndpointConfigCommand, { EndpointConfigName }).resolves({
      ProductionVariants: [{ VariantName: "AllTraffic", ModelName: EndpointConfigName }],
    });
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
  ({ EndpointStatus: status, EndpointConfigName: serving, ...more }) as Partial<DescribeEndpointOutput>;

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

test("defect: an endpoint that has served, and failed when it was changed, stays with what it was made of", async () => {
  made(standing("Failed", { ProductionVariants: [{ VariantName: "AllTraffic" }] }));
  expect(await cleanUp(clients, scope)).toEqual(both(replaced, coming, running));
});

test("an endpoint of its name that no run has made is not its own", async () => {
  made(standing("Failed", { EndpointConfigName: "iris-by-hand" }));
  expect(await cleanUp(clients, scope)).not.toContain("endpoint iris-workflow");
});

test("defect: what another endpoint uses, or is about to, stays", async () => {
  const other = { EndpointName: "canary", EndpointStatus: "Updating", EndpointConfigName: replaced } as const;
  const PendingDeploymentSummary = { EndpointConfigName: coming };
  made(standing("InService"), [], [{ ...other, PendingDeploymentSummary }]);
  expect(await cleanUp(clients, scope)).toEqual(both(running));
});

test("defect: a model that somebody else's configuration serves stays, be it as a shadow", async () => {
  made(standing("InService"));
  sagemaker.on(DescribeEndpointConfigCommand, { EndpointConfigName: "iris-run-of-somebody-else" }).resolves({
    ProductionVariants: [{ VariantName: "AllTraffic", ModelName: "another" }],
    ShadowProductionVariants: [{ VariantName: "shadow", ModelName: replaced }],
  });
  expect(await cleanUp(clients, scope)).toEqual([
    ...[replaced, coming, running].map((name) => `endpoint configuration ${name}`),
    ...[coming, running].map((name) => `model ${name}`),
  ]);
});

test("while an endpoint, whoever's, goes back to what only AWS knows, nothing is removed", async () => {
  const said = jest.spyOn(console, "info").mockImplementation();
  made(standing("InService"), [], [{ EndpointName: "canary", EndpointStatus: "RollingBack" }]);
  expect(await cleanUp(clients, scope)).toEqual([]);
  expect(said).toHaveBeenCalledWith("What canary uses is not known: it is RollingBack");
});

test("where there is no endpoint yet, what runs left goes; what is gone already is no failure", async () => {
  made(undefined);
  sagemaker.on(DeleteModelCommand).rejects(new Error('Could not find model "arn".'));
  expect(await cleanUp(clients, scope)).toHaveLength(8);
  sagemaker.on(DeleteModelCommand).rejects(new Error("Rate exceeded"));
  await expect(cleanUp(clients, scope)).rejects.toThrow("Rate exceeded");
});
