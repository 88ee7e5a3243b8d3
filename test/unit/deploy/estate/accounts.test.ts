import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { Accounts, type OpenAccount } from "../../../../deploy/estate/accounts";
import { Refusal } from "../../../../deploy/estate/refusal";
import { models } from "../../../../pipelines";
import { listStacks, type StackDescription } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";

const estate = readEstate();
const stacks = listStacks(estate, models);
const sts = mockClient(STSClient);

const stackNamed = (id: string): StackDescription => {
  const stack = stacks.find((each) => each.id === id);
  if (!stack) throw new Error(`no stack ${id}`);
  return stack;
};

/** Gives a region that tells which account and role was asked for, and STS's answer with it. */
const asked: string[] = [];
const open: OpenAccount = ({ account }, role) => {
  asked.push(`${account} ${role}`);
  return Promise.resolve({ region: account });
};

beforeEach(() => {
  asked.length = 0;
  sts.reset();
  sts.on(GetCallerIdentityCommand).callsFake(async (_, client: () => STSClient) => ({
    Account: await client().config.region(),
  }));
});

test("each role of each account is asked for once, however many stacks need it, even at once", async () => {
  const accounts = new Accounts(estate, open);
  await Promise.all([accounts.openAll(stacks), accounts.openAll(stacks)]);
  await accounts.of(stackNamed("prod-mammo-severity"));
  expect(asked).toHaveLength(new Set(asked).size);
  expect(asked).toEqual(
    expect.arrayContaining([
      "222222222222 cross-account-jenkins-role",
      `222222222222 ${estate.shared.adminRole}`,
    ]),
  );
  expect(sts.commandCalls(GetCallerIdentityCommand)).toHaveLength(asked.length);
});

test("a role named for all is assumed instead of the stacks' own", async () => {
  await new Accounts(estate, open, "ReadOnly").openAll(stacks);
  expect(new Set(asked.map((each) => each.split(" ")[1]))).toEqual(new Set(["ReadOnly"]));
  expect(asked).toHaveLength(new Set(stacks.map(({ environment }) => environment.account)).size);
});

test("all that is lacking is said at once, each reason once", async () => {
  const denied: OpenAccount = ({ name }, role) =>
    name === "dev"
      ? open({ ...stackNamed("dev-foundation").environment }, role)
      : Promise.reject(new Error(`no way into ${name}`));
  const failure: unknown = await new Accounts(estate, denied)
    .openAll(stacks)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Refusal);
  expect(String(failure).split("\n").toSorted()).toEqual([
    "  no way into jenkins",
    "  no way into prod",
    "  no way into registry",
    "Refusal: Some accounts are out of reach:",
  ]);
});

test("credentials of another account than the environment's are refused by name", async () => {
  sts.on(GetCallerIdentityCommand).resolves({ Account: "999999999999" });
  await expect(new Accounts(estate, open).of(stackNamed("prod-mammo-severity"))).rejects.toThrow(
    "The role cross-account-jenkins-role of environment prod leads to account 999999999999, not to 222222222222",
  );
});
