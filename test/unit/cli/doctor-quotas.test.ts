import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  ListAWSDefaultServiceQuotasCommand,
  ListServiceQuotasCommand,
  RequestServiceQuotaIncreaseCommand,
} from "@aws-sdk/client-service-quotas";
import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import type { Finding } from "../../../deploy/doctor";
import { enough, mockQuotas, processing, training, transform } from "../../support/service-quotas";
import { callerOf } from "../../support/sts";
import { jsonOf, mlops, mockSts } from "./support";

const quotas = mockQuotas();
const sns = mockClient(SNSClient);
const s3 = mockClient(S3Client);
const searchPath = process.env.PATH;

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

beforeEach(() => {
  mockSts()
    .identities.on(GetCallerIdentityCommand)
    .callsFake(async (_, client: () => STSClient) => {
      const Arn = await callerOf(client()).catch(() => "arn:aws:iam::555555555555:user/ann");
      return { Arn, Account: Arn.split(":")[4] };
    });
  s3.on(ListObjectsV2Command).resolves({});
  quotas.answer({ applied: enough });
  sns.reset();
  sns.on(ListSubscriptionsByTopicCommand).rejects(named("NotFoundException", "Topic does not exist"));
  process.env.PATH = ""; // what is installed here is another test's matter, and slow to ask
});
afterEach(() => {
  process.env.PATH = searchPath;
});

async function findings(subject: string, args = ""): Promise<Finding[]> {
  const { findings: all } = jsonOf(await mlops(`doctor --json${args}`)) as { findings: Finding[] };
  return all.filter((finding) => finding.subject === subject);
}

const requested = () =>
  quotas.mock
    .commandCalls(RequestServiceQuotaIncreaseCommand)
    .map(({ args }) => args[0].input as { readonly QuotaCode: string });

test("quotas are asked for each use of each type that the pipelines of an account name, all pipelines at once", async () => {
  expect(await findings("Quota of dev")).toEqual(
    [
      [processing, 4, 2],
      [training, 2, 1],
      [transform, 2, 1],
    ].map(([name, value, wanted]): unknown =>
      expect.objectContaining({
        ok: true,
        found: `${String(name)}: ${String(value)}, ${String(wanted)} wanted`,
        quota: expect.objectContaining({ name, value, wanted }) as unknown,
      }),
    ),
  );
  expect(await findings("Quota of registry")).toEqual([]);
});

test("quotas that nobody raised are those that AWS gives everybody, and pages end where all are found", async () => {
  const others = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`other ${n}`, n]));
  quotas.answer({ applied: { [training]: 1 }, defaults: { [processing]: 4, [transform]: 1, ...others } });
  const all = await findings("Quota of prod");
  expect(all.map(({ ok, quota }) => [ok, quota?.value])).toEqual([
    [true, 4],
    [true, 1],
    [true, 1],
  ]);
  const calls = (command: typeof ListServiceQuotasCommand | typeof ListAWSDefaultServiceQuotasCommand) =>
    quotas.mock.commandCalls(command).length;
  expect([calls(ListServiceQuotasCommand), calls(ListAWSDefaultServiceQuotasCommand)]).toEqual([2, 2]);
});

test("quotas that are too low are findings with their code, and nobody is asked without --request", async () => {
  quotas.answer({ applied: { [processing]: 1, [training]: 0, [transform]: 1 } });
  expect((await findings("Quota of dev")).filter(({ ok }) => !ok)).toMatchObject([
    {
      found: `${processing}: 1, 2 wanted (L-C076FA77)`,
      remedy: expect.stringContaining("mlops doctor --request") as string,
    },
    { found: `${training}: 0, 1 wanted (L-CCE2AFA6)` },
  ]);
  expect(requested()).toEqual([]);
});

test("--request asks for what is missing and for no more, in each account, and says so", async () => {
  quotas.answer({ applied: { ...enough, [training]: 0 } });
  const [, finding] = await findings("Quota of dev", " --request");
  expect(finding).toMatchObject({
    ok: false,
    found: `${training}: 0, 1 wanted; 1 asked for on 2026-11-26 (PENDING)`,
    remedy: "wait for AWS's answer",
  });
  const one = { ServiceCode: "sagemaker", QuotaCode: "L-CCE2AFA6", DesiredValue: 1 };
  expect(requested()).toEqual([one, one]);
});

test.each([
  [1, "wait for AWS's answer in support case 42"],
  [0.5, "wait for AWS's answer in support case 42, then ask for 1"],
])(
  "are not asked for again while a request for %d is open; closed ones do not count",
  async (DesiredValue, remedy) => {
    const request = {
      QuotaCode: "L-CCE2AFA6",
      DesiredValue,
      Created: new Date("2026-11-20T10:00:00Z"),
      CaseId: "42",
    };
    quotas.answer({
      applied: { ...enough, [training]: 0, [transform]: 0 },
      requests: [
        { ...request, Status: "CASE_OPENED" },
        { ...request, QuotaCode: "L-7939E4EC", Status: "DENIED" },
      ],
    });
    const [, finding] = await findings("Quota of dev", " --request");
    expect(finding).toMatchObject({ ok: false, remedy });
    expect(finding?.found).toContain(`${DesiredValue} asked for on 2026-11-20 (CASE_OPENED)`);
    expect(requested().map(({ QuotaCode }) => QuotaCode)).toEqual(["L-7939E4EC", "L-7939E4EC"]);
  },
);

test("a role that may not ask for more is told what it lacks; the quota stays a finding", async () => {
  quotas.answer({ applied: { ...enough, [training]: 0 } });
  quotas.mock
    .on(RequestServiceQuotaIncreaseCommand)
    .rejects(named("AccessDeniedException", "not authorized"));
  const [, finding] = await findings("Quota of dev", " --request");
  expect(finding?.found).toBe(`${training}: 0, 1 wanted (L-CCE2AFA6); not asked for: not authorized`);
  expect(finding?.remedy).toContain("servicequotas:RequestServiceQuotaIncrease");
});

test("a role that may not read them is told what it lacks, once an account", async () => {
  quotas.mock.on(ListServiceQuotasCommand).rejects(named("AccessDeniedException", "not authorized"));
  expect(await findings("Quota of dev")).toEqual([]);
  expect(await findings("Quotas of dev")).toEqual([
    {
      subject: "Quotas of dev",
      ok: false,
      found: "not authorized",
      remedy: expect.stringContaining("servicequotas:ListServiceQuotas") as string,
    },
  ]);
});

test.each([
  [{ applied: { [processing]: 4, [training]: 1 } }, `AWS lists no ${transform} in this region`],
  [{ applied: { ...enough, [transform]: 0 }, adjustable: false }, `${transform}: 0, 1 wanted (L-7939E4EC)`],
])(
  "of a type that a region has not, or that is never raised, another type is the remedy",
  async (account, found) => {
    quotas.answer(account);
    const finding = (await findings("Quota of dev", " --request")).find(({ ok }) => !ok);
    expect(finding).toMatchObject({ found, remedy: expect.stringContaining("instance type") as string });
    expect(requested()).toEqual([]);
  },
);

test("quotas are no matter of Jenkins', whose role starts no job, and --request says so", async () => {
  expect(await findings("Quota of prod", " --applied-by ci")).toEqual([]);
  const { code, err } = await mlops("doctor --applied-by ci --request");
  expect({ code, err }).toEqual({
    code: 2,
    err: "--request takes an administrator's roles: leave --applied-by out\n",
  });
});

test("who gets the alerts of an account is asked of each topic that stands there", async () => {
  const TopicArn = "arn:aws:sns:us-east-1:222222222222:mammography-model-notification";
  const pending = { Endpoint: "admin@example.com", SubscriptionArn: "PendingConfirmation" };
  sns.on(ListSubscriptionsByTopicCommand, { TopicArn }).resolves({ Subscriptions: [pending] });
  expect(await findings("Alerts of prod")).toMatchObject([{ ok: false }]);
  expect(await findings("Alerts of dev")).toEqual([]);
});
