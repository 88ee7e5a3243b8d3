import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { endpointNames } from "../../../../core/naming";
import type { Release } from "../../../../core/releases";
import { releaseVersion, type ReleaseRequest } from "../../../../deploy/releases/release";
import type { TestReport } from "../../../../deploy/releases/test-release";
import * as applying from "../../../../deploy/plans/apply-estate";
import * as planning from "../../../../deploy/plans/plan-estate";
import { temporaryFolder } from "../../../support/temporary-folder";

export const sagemaker = mockClient(SageMakerClient);
export const ssm = mockClient(SSMClient);
const folder = temporaryFolder();
const file = join(folder, "stack", "cdk.tf.json");
export const passed: TestReport = {
  rows: 9,
  auc: 0.9,
  recordedAuc: 0.9,
  milliseconds: { p50: 1, p99: 2 },
  passed: true,
};

export const release = (version: number): Release => ({
  version,
  modelPackageArn: `arn:${version}`,
  image: "image",
  modelData: "s3://artifacts/model.tar.gz",
  key: `${version}-4c70dcc0`,
});

/** What was planned with, in order: the candidate's version, or nothing. */
export let plans: (number | undefined)[];
export let steps: string[];

/** Everything goes well, unless a test says otherwise; to be called before each. */
export function allGoesWell(): void {
  mkdirSync(join(folder, "stack"), { recursive: true });
  writeFileSync(file, JSON.stringify({ variable: { candidate: { default: "" } } }));
  [plans, steps] = [[], []];
  ssm.reset();
  sagemaker.reset();
  recordedAre([release(1)]);
  ssm.on(PutParameterCommand).callsFake(() => (steps.push("record"), {}));
  serving("mammo-severity-2-4c70dcc0");
  pending(true);
  left([]);
  jest.mocked(applying.applyEstate).mockImplementation(() => {
    steps.push("apply");
    return Promise.resolve([{ stack: "s", outcome: "applied" }]);
  });
}

export function recordedAre(releases: readonly Release[]): void {
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: JSON.stringify(releases) } });
}

export function serving(EndpointConfigName: string): void {
  sagemaker.on(DescribeEndpointCommand).resolves({ EndpointStatus: "InService", EndpointConfigName });
}

const missing = Object.assign(new Error("Could not find endpoint, model or configuration"), {
  name: "ValidationException",
});

/** An endpoint that AWS makes while the release begins; applied anew after it was deleted, it serves the release. */
export function making(EndpointConfigName: string): void {
  sagemaker
    .on(DescribeEndpointCommand)
    .resolvesOnce({ EndpointStatus: "Creating", EndpointConfigName })
    .resolves({ EndpointStatus: "InService", EndpointConfigName });
  sagemaker.on(DeleteEndpointCommand).callsFake(() => {
    steps.push("delete endpoint");
    sagemaker.on(DescribeEndpointCommand).callsFake(() => {
      if (!steps.includes("apply")) throw missing;
      return { EndpointStatus: "InService", EndpointConfigName: "mammo-severity-2-4c70dcc0" };
    });
    return {};
  });
}

/** Which of the release's model and configuration stand although nothing was applied, and what the state has and who holds it. */
export function left(
  standing: readonly ("model" | "configuration")[],
  state: { readonly knows?: boolean; readonly locked?: boolean } = {},
): void {
  for (const [kind, command] of [
    ["model", DescribeModelCommand],
    ["configuration", DescribeEndpointConfigCommand],
  ] as const)
    if (standing.includes(kind)) sagemaker.on(command as never).resolves({});
    else sagemaker.on(command as never).rejects(missing);
  sagemaker.on(DeleteModelCommand).callsFake(() => (steps.push("delete model"), {}));
  sagemaker.on(DeleteEndpointConfigCommand).callsFake(() => (steps.push("delete configuration"), {}));
  const instances = [{ attributes: { name: "mammo-severity-2-4c70dcc0" } }];
  const resources = [
    ...["aws_sagemaker_model", "aws_sagemaker_endpoint_configuration"].map((type) => ({ type, instances })),
    { type: "aws_sagemaker_endpoint", instances: [{ attributes: { name: "mammo-severity" } }] },
  ].map((each) => ({ ...each, mode: "managed", name: "x" }));
  stateObject = {
    lock: () => Promise.resolve(state.locked ? { id: "1" } : undefined),
    read: () => Promise.resolve({ resources: state.knows ? resources : [] }),
  };
}
let stateObject: object;

export function pending(changes: boolean): void {
  const counts = {
    create: changes ? 1 : 0,
    change: 0,
    destroy: 0,
    replace: 0,
    import: 0,
    forget: 0,
    move: 0,
  };
  jest.mocked(planning.planEstate).mockImplementation(() => {
    const { variable } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly variable: { readonly candidate: { readonly default: string } };
    };
    const text = variable.candidate.default;
    plans.push(text === "" ? undefined : (JSON.parse(text) as Release).version);
    return Promise.resolve({
      manifest: { stacks: [{ id: "s", counts }] },
      summaries: [{}],
      failures: [],
    } as never);
  });
}

export const run = (changes: Partial<ReleaseRequest> = {}) =>
  releaseVersion({
    stack: { id: "s" },
    names: endpointNames("mlops", "mammo-severity"),
    accounts: { stateOf: () => Promise.resolve(stateObject) },
    runs: { directoryOf: () => join(folder, "stack") },
    sagemaker,
    ssm,
    release: release(2),
    confirm: () => Promise.resolve(void steps.push("confirm")),
    test: () => Promise.resolve((steps.push("test"), passed)),
    report: () => undefined,
    ...changes,
  } as unknown as ReleaseRequest);

export const recorded = () =>
  ssm
    .commandCalls(PutParameterCommand)
    .map(({ args: [{ input }] }) => JSON.parse(input.Value ?? "") as unknown);
