import { policiesOf, resourcesOf } from "../../../../audit";
import type { WorkloadEnvironment } from "../../../../config/schema";
import { authorize } from "../../../../emulator/authorization/authorize";
import { Standing } from "../../../../emulator/authorization/standing";
import type { Json } from "../../../../pipelines/definition/values";
import { hasPipelines } from "../../../../pipelines/model";
import { pipelinesIn } from "../../../../stacks/model-pipelines";
import { readEstate } from "../../../support/estate";
import { models } from "../../../fixtures/models";
import { rendered, stepsByName } from "../../../support/model";
import { stackOf, synthesisedStacks } from "../../../support/synthesised";

/** As the execution role of dev's model, under the policies that its foundation is synthesised with. */
const estate = readEstate();
const dev = estate.environments.find(({ name }) => name === "dev") as WorkloadEnvironment;
const model = models.find(hasPipelines);
if (!model) throw new Error("the fixtures have a model");
const role = `arn:aws:iam::${dev.account}:role/sagemaker-execution-role-${model.name}`;
const foreignKey = "arn:aws:kms:us-east-1:999999999999:key/any";

const standing = new Standing();

beforeAll(() => {
  const foundation = stackOf(synthesisedStacks(estate), "dev-foundation");
  const { roles } = policiesOf(resourcesOf("dev-foundation", foundation as never));
  const told = roles.map(({ arn, policies }) => [
    arn,
    { policies: policies.map(({ name, policy }) => [name, JSON.stringify(policy)]), boundary: null },
  ]);
  standing.update({ roles: Object.fromEntries(told) as never, guarded: [], gone: [] });
});

type Request = Readonly<Record<string, unknown>>;

const operations: Readonly<Record<string, string>> = {
  Processing: "CreateProcessingJob",
  QualityCheck: "CreateProcessingJob",
  Training: "CreateTrainingJob",
  Transform: "CreateTransformJob",
  Model: "CreateModel",
};

const starts = Object.values(pipelinesIn(estate, dev, model))
  .flatMap((pipeline) => Object.values(stepsByName(rendered(pipeline))))
  .flatMap(({ Name, Type, Arguments }): [string, string, Request][] => {
    const operation = operations[Type];
    return operation === undefined ? [] : [[Name, operation, Arguments]];
  });

async function refusalOf(operation: string, request: Request): Promise<string | undefined> {
  const name = operation.replace(/^Create(.*)$/, "$1Name");
  const caller = { role, session: `${role}/s`, account: dev.account };
  const call = { service: "sagemaker", operation, region: dev.region, headers: {}, further: [], caller };
  return (await authorize({ ...call, parameters: { ...request, [name]: "pipelines-any" } }, standing))
    .refusal;
}

/** The request with a member changed, wherever it stands; undefined takes it away. */
const changed = (request: Request, member: string, value?: Json): Request =>
  JSON.parse(JSON.stringify(request, (key, given: unknown) => (key === member ? value : given))) as Request;

const holds = (request: Request, member: string): boolean => JSON.stringify(request).includes(`"${member}":`);

test("the model starts every kind of job", () => {
  expect(new Set(starts.map(([, operation]) => operation))).toEqual(new Set(Object.values(operations)));
});

test.each(starts)("%s may be started as it is: %s", async (_, operation, request) => {
  expect(await refusalOf(operation, request)).toBeUndefined();
});

const members: readonly [string, readonly (Json | undefined)[]][] = [
  ["EnableNetworkIsolation", [undefined, false]],
  ["EnableInterContainerTrafficEncryption", [undefined, false]],
  ["KmsKeyId", [undefined, foreignKey]],
  ["VolumeKmsKeyId", [undefined, foreignKey]],
];
const lacking = starts.flatMap(([step, operation, request]) =>
  members
    .filter(([member]) => holds(request, member))
    .flatMap(([member, values]) =>
      values.map((value): [string, string, Json | undefined, string, Request] => [
        step,
        member,
        value,
        operation,
        request,
      ]),
    ),
);

test.each(lacking)("%s is refused with %s: %s", async (_, member, value, operation, request) => {
  expect(await refusalOf(operation, changed(request, member, value))).toContain(
    `is not authorized to perform: sagemaker:${operation}`,
  );
});

test("each kind of job says what it can", () => {
  const said = new Set(lacking.map(([, member, , operation]) => `${operation} ${member}`));
  const jobs = ["CreateProcessingJob", "CreateTrainingJob"];
  expect(said).toEqual(
    new Set([
      ...jobs.flatMap((job) => members.map(([member]) => `${job} ${member}`)),
      "CreateTransformJob KmsKeyId",
      "CreateTransformJob VolumeKmsKeyId",
      "CreateModel EnableNetworkIsolation",
    ]),
  );
});
