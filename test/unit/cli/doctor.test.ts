import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { checkPython } from "../../../cli/doctor/python";
import type { Finding } from "../../../deploy/doctor";
import { mockQuotas } from "../../support/service-quotas";
import { environmentsWith } from "../../support/environments";
import { AssumeRoleCommand, callerOf } from "../../support/sts";
import { temporaryFolder } from "../../support/temporary-folder";
import { jsonOf, mlops, mockSts } from "./support";

const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

const s3 = mockClient(S3Client);
mockQuotas();
mockClient(SNSClient).on(ListSubscriptionsByTopicCommand).rejects(named("NotFoundException", "none"));
const caller = { Account: "555555555555", Arn: "arn:aws:iam::555555555555:user/ann" };
let sts: ReturnType<typeof mockSts>;

/** The first to be asked for is the caller's own identity; `accountOf` says where a role leads. */
function answerAsAws(accountOf = (role: string) => role.split(":")[4]): void {
  let asked = 0;
  sts.identities.on(GetCallerIdentityCommand).callsFake(async (_, client: () => STSClient) => {
    asked += 1;
    return asked === 1 ? caller : { Account: accountOf(await callerOf(client())) };
  });
}

const searchPath = process.env.PATH;

beforeEach(() => {
  sts = mockSts();
  s3.reset();
  s3.on(ListObjectsV2Command).resolves({});
  answerAsAws();
  process.env.PATH = ""; // what is installed here is another test's matter, and slow to ask
});
afterEach(() => {
  process.env.PATH = searchPath;
});

interface Report {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

async function examine(args = ""): Promise<Report & { readonly code: number }> {
  const ran = await mlops(`doctor --json${args}`);
  return { ...(jsonOf(ran) as Report), code: ran.code };
}

const about = ({ findings }: Report, subject: string): Finding | undefined =>
  findings.find((finding) => finding.subject === subject);

test("an account's role is tried and its state bucket looked for, under the caller's own name", async () => {
  const report = await examine();
  expect(about(report, "Identity")?.found).toBe(`${caller.Arn} of account ${caller.Account}`);
  expect(about(report, "Account prod")?.found).toBe(
    "222222222222 as arn:aws:iam::222222222222:role/OrganizationAccountAccessRole",
  );
  expect(about(report, "State of prod")?.found).toBe("mlops-prod-terraform-state-222222222222");
  expect(report.findings.filter(({ subject }) => subject.startsWith("Account"))).toHaveLength(4);
});

test("for Jenkins it tries the deploy roles and no others", async () => {
  const report = await examine(" --applied-by ci");
  const accounts = report.findings.filter(({ subject }) => subject.startsWith("Account"));
  expect(accounts).toEqual([
    {
      subject: "Account prod",
      ok: true,
      found: "222222222222 as arn:aws:iam::222222222222:role/cross-account-jenkins-role",
    },
  ]);
});

test.each([
  [named("CredentialsProviderError", "Could not load credentials"), /set AWS_PROFILE or log in/],
  [named("ExpiredToken", "The security token included in the request is expired"), /log in again/],
  [named("Error", "connect ECONNREFUSED 127.0.0.1:1", { code: "ECONNREFUSED" }), /check the network/],
])("a caller who is nobody is told so once, and no account is asked: %s", async (error, remedy) => {
  sts.identities.reset();
  sts.identities.on(GetCallerIdentityCommand).rejects(error);
  const report = await examine();
  expect(about(report, "Identity")).toMatchObject({ ok: false, found: error.message });
  expect(about(report, "Identity")?.remedy).toMatch(remedy);
  expect(sts.roles.calls()).toHaveLength(0);
  expect(report).toMatchObject({ ok: false, code: 1 });
});

test("a role that may not be assumed is named, and the other accounts are still examined", async () => {
  sts.roles
    .on(AssumeRoleCommand, { RoleArn: "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole" })
    .rejects(named("AccessDenied", "not authorized"));
  const report = await examine();
  expect(about(report, "Account dev")?.found).toContain("role/OrganizationAccountAccessRole");
  expect(about(report, "Account dev")?.remedy).toContain("trust policy");
  expect(about(report, "Account prod")?.ok).toBe(true);
  expect(report.code).toBe(1);
});

test("a role that leads to another account than the configuration says is a finding", async () => {
  answerAsAws(() => "999999999999");
  expect(about(await examine(), "Account dev")).toEqual({
    subject: "Account dev",
    ok: false,
    found:
      "The role OrganizationAccountAccessRole of environment dev leads to account 999999999999, not to 111111111111",
    remedy: 'correct "account" in the environment file of dev, which says 111111111111',
  });
});

test.each([
  [
    named("NoSuchBucket", "The specified bucket does not exist"),
    "there is no bucket mlops-dev-terraform-state-111111111111",
    "mlops bootstrap dev",
  ],
  [
    named("PermanentRedirect", "must be addressed using the specified endpoint"),
    "mlops-dev-terraform-state-111111111111 is not in us-east-1",
    "an environment stays in its region",
  ],
  [
    named("AccessDenied", "Access Denied"),
    "mlops-dev-terraform-state-111111111111: Access Denied",
    "let the role read it",
  ],
])("a state bucket that cannot be used is a finding: %s", async (error, found, remedy) => {
  s3.on(ListObjectsV2Command, { Bucket: "mlops-dev-terraform-state-111111111111" }).rejects(error);
  const finding = about(await examine(), "State of dev");
  expect(finding).toMatchObject({ ok: false, found });
  expect(finding?.remedy).toContain(remedy);
});

test("bad configuration is a finding among the others, and AWS is not asked", async () => {
  const environments = environmentsWith("stack-twice");
  const { code, out } = await mlops("doctor", { environments });
  expect(code).toBe(1);
  expect(out).toMatch(
    /^✗ Configuration: .*dev-state\.json:1:1 must not .*; and 1 more\n +→ mlops validate lists every/m,
  );
  expect(out).toMatch(/^✓ Node\.js: /m);
  expect(sts.identities.calls()).toHaveLength(0);
});

test("an owner that there is not is wrong usage", async () => {
  const { code, err } = await mlops("doctor --applied-by me");
  expect({ code, err }).toEqual({ code: 2, err: "--applied-by must be administrator or ci, got: me\n" });
});

describe("Python", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    process.env.PATH = searchPath;
  });

  test("without its packages has a remedy, and with them none", async () => {
    expect(await checkPython(folder)).toMatchObject({
      ok: false,
      remedy: expect.stringContaining("npm run setup") as string,
    });
    mkdirSync(join(folder, "environment-0123456789ab"));
    expect(await checkPython(folder)).toMatchObject({ ok: true });
  });

  test("that is not on PATH is said to be missing, with how to install it", async () => {
    const finding = await checkPython(folder, folder);
    expect(finding.found).toMatch(/^Python 3\.\d+ or newer is not on PATH$/);
    expect(finding.remedy).toMatch(/^install it/);
  });
});
