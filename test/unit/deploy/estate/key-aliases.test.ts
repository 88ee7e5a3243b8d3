import { DescribeKeyCommand, KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import { aliasesNeeded, awaitAliases } from "../../../../deploy/estate/key-aliases";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";

const kms = mockClient(KMSClient);
const alias = "arn:aws:kms:us-east-1:222222222222:alias/mlops-prod";
const access = { region: "us-east-1", maxAttempts: 1, credentials: () => Promise.reject(new Error("none")) };
const refused = Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
const missing = Object.assign(new Error("not found"), { name: "NotFoundException" });

let said: string[];
let pauses: number[];
const waiting = {
  report: (line: string) => said.push(line),
  pause: (milliseconds: number) => {
    pauses.push(milliseconds);
    return Promise.resolve();
  },
};
const madeSecondsAgo = (seconds: number) => {
  const LastUpdatedDate = new Date(Date.now() - seconds * 1000);
  kms
    .on(ListAliasesCommand)
    .resolves({ Aliases: [{ AliasName: "alias/mlops-dev" }], Truncated: true, NextMarker: "2" });
  kms
    .on(ListAliasesCommand, { Marker: "2" })
    .resolves({ Aliases: [{ AliasName: "alias/mlops-prod", CreationDate: new Date(0), LastUpdatedDate }] });
};

beforeEach(() => {
  kms.reset();
  said = [];
  pauses = [];
});

test("a role that may use the key goes on at once, and asks for nothing else", async () => {
  kms.on(DescribeKeyCommand).resolves({});
  await awaitAliases(access, [alias], waiting);
  expect(kms.commandCalls(DescribeKeyCommand).map(({ args }) => args[0].input)).toEqual([{ KeyId: alias }]);
  expect([kms.calls().length, said]).toEqual([1, []]);
});

test("one that is refused while the alias is new waits, longer each time, and says for what", async () => {
  madeSecondsAgo(60);
  kms.on(DescribeKeyCommand).rejectsOnce(refused).rejectsOnce(refused).rejectsOnce(refused).resolves({});
  await awaitAliases(access, [alias], waiting);
  expect(pauses).toEqual([1000, 2000, 4000]);
  expect(said).toHaveLength(3);
  expect(said[0]).toMatch(/^waiting until AWS counts alias\/mlops-prod in permissions, (239|240) s at most$/);
});

test.each([
  [
    "an alias of more than five minutes",
    () => {
      madeSecondsAgo(301);
    },
  ],
  ["an alias that is not listed", () => kms.on(ListAliasesCommand).resolves({ Aliases: [] })],
  ["no answer on how old it is", () => kms.on(ListAliasesCommand).rejects(refused)],
])("with %s nobody waits: the refusal has another reason", async (_, answer) => {
  answer();
  kms.on(DescribeKeyCommand).rejects(refused);
  await awaitAliases(access, [alias], waiting);
  expect([said, pauses]).toEqual([[], []]);
});

test("before there is a key, nobody waits", async () => {
  kms.on(DescribeKeyCommand).rejects(missing);
  await awaitAliases(access, [alias], waiting);
  expect(said).toEqual([]);
});

test("an interrupt ends the wait", async () => {
  madeSecondsAgo(0);
  kms.on(DescribeKeyCommand).rejects(refused);
  const signal = AbortSignal.abort();
  await expect(awaitAliases(access, [alias], { report: waiting.report, signal })).rejects.toThrow(/abort/i);
});

test("only the role that Jenkins applies with depends on aliases", () => {
  const estate = readEstate();
  const needed = listStacks(estate, models).map((stack) => [stack.id, aliasesNeeded(estate, stack)]);
  expect(needed.filter(([, aliases]) => aliases?.length)).toEqual([
    ["prod-mammo-severity", [alias, "arn:aws:kms:us-east-1:222222222222:alias/mlops-prod-state"]],
  ]);
});
