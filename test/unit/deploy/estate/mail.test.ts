import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { Accounts } from "../../../../deploy/access/accounts";
import { unconfirmed } from "../../../../deploy/estate/mail";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { AssumeRoleCommand, mockSts } from "../../../support/sts";

const estate = readEstate();
const stacks = listStacks(estate, models);
const sns = mockClient(SNSClient);
const email = "admin@example.com";
const topic = (account: string) => `arn:aws:sns:us-east-1:${account}:mammography-model-notification`;
const answer = (account: string, SubscriptionArn: string) =>
  sns
    .on(ListSubscriptionsByTopicCommand, { TopicArn: topic(account) })
    .resolves({ Subscriptions: [{ Endpoint: email, SubscriptionArn }] });

let sts: ReturnType<typeof mockSts>;
beforeEach(() => {
  sts = mockSts();
  sns.reset();
});

test("each stack's addresses are looked up as the role that applies it, and those unconfirmed are named", async () => {
  answer("111111111111", `${topic("111111111111")}:1`);
  answer("222222222222", "PendingConfirmation");
  expect(await unconfirmed(estate, new Accounts(estate), stacks)).toEqual([
    { topicArn: topic("222222222222"), email, subscription: "pending" },
  ]);
  const roles = sts.roles.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input.RoleArn);
  expect(roles.toSorted()).toEqual([
    "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole",
    "arn:aws:iam::222222222222:role/cross-account-jenkins-role",
  ]);
});

test("an account that gives no answer keeps nobody from being named in another, nor an apply from ending well", async () => {
  const denied = Object.assign(new Error("not authorized"), { name: "AuthorizationError" });
  sns.on(ListSubscriptionsByTopicCommand, { TopicArn: topic("111111111111") }).rejects(denied);
  answer("222222222222", "PendingConfirmation");
  expect(await unconfirmed(estate, new Accounts(estate), stacks)).toMatchObject([
    { subscription: "pending" },
  ]);
});
