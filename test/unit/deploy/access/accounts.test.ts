import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { Accounts } from "../../../../deploy/access/accounts";
import { Refusal } from "../../../../deploy/estate/refusal";
import { models } from "../../../../pipelines";
import { listStacks, type StackDescription } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { AssumeRoleCommand, mockSts } from "../../../support/sts";

const estate = readEstate();
const stacks = listStacks(estate, models);

const stackNamed = (id: string): StackDescription => {
  const stack = stacks.find((each) => each.id === id);
  if (!stack) throw new Error(`no stack ${id}`);
  return stack;
};

let sts: ReturnType<typeof mockSts>;
const asked = () => sts.roles.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input.RoleArn);

beforeEach(() => {
  sts = mockSts();
});

test("each role of each account is asked for once, however many stacks need it, even at once", async () => {
  const accounts = new Accounts(estate);
  await Promise.all([accounts.openAll(stacks), accounts.openAll(stacks)]);
  await accounts.of(stackNamed("prod-mammo-severity"));
  expect(asked()).toHaveLength(new Set(asked()).size);
  expect(asked()).toEqual(
    expect.arrayContaining([
      "arn:aws:iam::222222222222:role/cross-account-jenkins-role",
      `arn:aws:iam::222222222222:role/${estate.shared.adminRole}`,
    ]),
  );
  // Whose session it will be, and where the role led to.
  expect(sts.identities.calls()).toHaveLength(2 * asked().length);
});

test("a role named for all is assumed instead of the stacks' own", async () => {
  await new Accounts(estate, "ReadOnly").openAll(stacks);
  expect(asked().toSorted()).toEqual(
    estate.environments.map(({ account }) => `arn:aws:iam::${account}:role/ReadOnly`).toSorted(),
  );
});

test("all that is lacking is said at once, each reason once", async () => {
  const denied = Object.assign(new Error("no"), { name: "AccessDenied" });
  sts.roles.on(AssumeRoleCommand).rejects(denied);
  sts.identities.on(GetCallerIdentityCommand).resolves({ Arn: "eve" });
  const failure: unknown = await new Accounts(estate, "ReadOnly")
    .openAll(stacks)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Refusal);
  const [first, ...reasons] = String(failure).split("\n");
  expect(first).toBe("Refusal: Some accounts are out of reach:");
  expect(reasons.map((reason) => / reach environment (\w+) /.exec(reason)?.[1]).toSorted()).toEqual(
    estate.environments.map(({ name }) => name).toSorted(),
  );
});

test("credentials of another account than the environment's are refused by name", async () => {
  sts.identities.on(GetCallerIdentityCommand).resolves({ Account: "999999999999" });
  await expect(new Accounts(estate).of(stackNamed("prod-mammo-severity"))).rejects.toThrow(
    "The role cross-account-jenkins-role of environment prod leads to account 999999999999, not to 222222222222",
  );
});

test("all clients of an account share one set of credentials, and new ones are asked for before they run out", async () => {
  const { credentials, region } = await new Accounts(estate).of(stackNamed("prod-mammo-severity"));
  const clients = [new S3Client({ credentials, region }), new SageMakerClient({ credentials, region })];
  for (const client of clients) await client.config.credentials();
  expect(asked()).toHaveLength(1);
  const later = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 56 * 60_000);
  try {
    for (const client of clients) await client.config.credentials();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    later.mockRestore();
  }
  expect(asked()).toHaveLength(2);
});
