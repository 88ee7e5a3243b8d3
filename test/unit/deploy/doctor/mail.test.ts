import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { checkMail } from "../../../../deploy/doctor/mail";

const sns = mockClient(SNSClient);
const topicArn = "arn:aws:sns:eu-west-1:222222222222:alerts";
const email = "ann@example.com";
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

const access = { region: "eu-west-1", maxAttempts: 1, credentials: () => Promise.reject(new Error("none")) };
const check = () => checkMail("prod", [{ topicArn, emails: [email] }], access);
const subscriptions = (...all: readonly [string, string][]) => ({
  Subscriptions: all.map(([Endpoint, SubscriptionArn]) => ({ Endpoint, SubscriptionArn })),
});

beforeEach(() => {
  sns.reset();
});

test("alerts of a topic that does not stand yet are nobody's matter", async () => {
  sns.on(ListSubscriptionsByTopicCommand).rejects(named("NotFoundException", "Topic does not exist"));
  expect(await check()).toEqual([]);
});

test("alerts go to an address whose reader has confirmed", async () => {
  sns.on(ListSubscriptionsByTopicCommand).resolves(subscriptions([email, `${topicArn}:1`]));
  expect(await check()).toEqual([
    { subject: "Alerts of prod", ok: true, found: "alerts to ann@example.com" },
  ]);
});

test("an address whose reader has not confirmed gets none, and the mail can be had again", async () => {
  const other = ["other@example.com", `${topicArn}:0`] as const;
  sns.on(ListSubscriptionsByTopicCommand).resolves(subscriptions([...other], [email, "PendingConfirmation"]));
  expect(await check()).toEqual([
    {
      subject: "Alerts of prod",
      ok: false,
      found: "ann@example.com has not confirmed alerts, and gets none",
      remedy:
        "follow the link in AWS's mail; to get it again: aws sns subscribe " +
        `--topic-arn ${topicArn} --protocol email --notification-endpoint ann@example.com`,
    },
  ]);
});

test("an address that AWS has dropped, unconfirmed for 48 hours, is subscribed by the next apply", async () => {
  sns.on(ListSubscriptionsByTopicCommand).resolves(subscriptions());
  expect(await check()).toMatchObject([
    {
      ok: false,
      found: "ann@example.com is not subscribed to alerts",
      remedy: expect.stringContaining("plan and apply") as string,
    },
  ]);
});

test("subscriptions are read to the last page", async () => {
  sns.on(ListSubscriptionsByTopicCommand).resolves({ ...subscriptions(), NextToken: "2" });
  sns
    .on(ListSubscriptionsByTopicCommand, { NextToken: "2" })
    .resolves(subscriptions([email, `${topicArn}:1`]));
  expect(await check()).toMatchObject([{ ok: true }]);
});

test("a role that may not look is told what it lacks", async () => {
  sns.on(ListSubscriptionsByTopicCommand).rejects(named("AuthorizationErrorException", "not authorized"));
  expect(await check()).toEqual([
    {
      subject: "Alerts of prod",
      ok: false,
      found: "not authorized",
      remedy: "let the role look: sns:ListSubscriptionsByTopic",
    },
  ]);
});
