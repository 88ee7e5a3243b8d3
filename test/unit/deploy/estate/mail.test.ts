import { ListSubscriptionsByTopicCommand, SNSClient, type Subscription } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { Accounts } from "../../../../deploy/access/accounts";
import { addressees, unconfirmed } from "../../../../deploy/estate/mail";
import { models } from "../../../../pipelines";
import { kindOf, listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { synthesisedStacks } from "../../../support/synthesised";
import { AssumeRoleCommand, mockSts } from "../../../support/sts";

const estate = readEstate();
const stacks = listStacks(estate, models);
const sns = mockClient(SNSClient);
const credentials = () => Promise.resolve({ accessKeyId: "id", secretAccessKey: "secret" });
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
  const confirmed = { Endpoint: email, SubscriptionArn: "arn:aws:sns:us-east-1:111111111111:any:1" };
  sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [confirmed] });
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

const statusOf = async (...subscriptions: readonly Subscription[]) => {
  const TopicArn = topic("111111111111");
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: subscriptions.map((each) => ({ Endpoint: email, Protocol: "email", ...each })),
  });
  const found = await addressees({ region: "us-east-1", credentials, maxAttempts: 1 }, [
    { topicArn: TopicArn, emails: [email] },
  ]);
  return found.map(({ subscription }) => subscription);
};
const arn = { SubscriptionArn: `${topic("111111111111")}:1` };
const pending = { SubscriptionArn: "PendingConfirmation" };
const deleted = { SubscriptionArn: "Deleted" };

test.each<[string, readonly Subscription[]]>([
  ["confirmed", [arn]],
  ["confirmed", [arn, deleted]],
  ["confirmed", [deleted, arn, pending]],
  ["pending", [deleted, pending]],
  ["none", [deleted]],
  ["none", [{ ...arn, Protocol: "sms" }]],
  ["none", [{ ...arn, Endpoint: "other@example.com" }]],
  ["none", []],
])("of several subscriptions of one address, the best counts: %s", async (status, subscriptions) => {
  expect(await statusOf(...subscriptions)).toEqual([status]);
});

interface Providers {
  readonly aws: readonly { readonly allowed_account_ids: readonly string[] }[];
}

test("every topic that mails a stack's addresses is looked at", () => {
  const topics = stacks.flatMap((stack) =>
    kindOf(stack)
      .byHand(estate, stack)
      .mail.map(({ topicArn }) => topicArn),
  );
  const subscribed = Object.values(synthesisedStacks()).flatMap(({ resource, provider }) => {
    const blocks = Object.values(resource.aws_sns_topic_subscription ?? {}) as { topic_arn: string }[];
    const names = blocks.map(({ topic_arn: of }) => /aws_sns_topic\.([^.]+)\./.exec(of)?.[1] ?? "");
    const [account = ""] = (provider as Providers).aws[0]?.allowed_account_ids ?? [];
    return names.map((name) => {
      const { name: topicName } = resource.aws_sns_topic?.[name] as { name: string };
      return `arn:aws:sns:us-east-1:${account}:${topicName}`;
    });
  });
  expect(topics.toSorted()).toEqual([...new Set(subscribed)].toSorted());
});
