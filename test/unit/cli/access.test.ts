import { createServer, type Server } from "node:http";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { ListPipelinesCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { pointsAtThisMachine, useKeptLocalAws } from "../../../cli/access/local-aws";
import { NetworkError } from "../../../tools/network/network-error";
import { AssumeRoleCommand } from "../../support/sts";
import { estateFolder, estateWithRoles } from "../../support/environments";
import { temporaryFolder } from "../../support/temporary-folder";
import { jsonOf, mlops, mockSts } from "./support";

const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

describe("a caller who cannot work in an account is told in one line, before anything is asked of it", () => {
  const sagemaker = mockClient(SageMakerClient);
  let sts: ReturnType<typeof mockSts>;
  beforeEach(() => {
    sagemaker.reset();
    sts = mockSts();
    sts.identities.on(GetCallerIdentityCommand).resolves({ Arn: "arn:aws:iam::555555555555:user/eve" });
  });

  test.each([
    [
      "without credentials",
      named("CredentialsProviderError", "Could not load credentials from any providers"),
      /^No AWS credentials to reach environment prod \(account 222222222222\): set AWS_PROFILE, or add --local/,
    ],
    [
      "with credentials that have expired",
      named("ExpiredToken", "The security token included in the request is expired"),
      /^The AWS credentials do not work to reach environment prod .*: ExpiredToken: The security token/,
    ],
    [
      "who is in the wrong account, or may not assume the role",
      named("AccessDenied", "User: eve is not authorized\nto perform: sts:AssumeRole."),
      new RegExp(
        "^arn:aws:iam::555555555555:user/eve may not assume arn:aws:iam::222222222222:role/OrganizationAccountAccessRole" +
          " .*: AccessDenied: User: eve is not authorized to perform: sts:AssumeRole. --role or MLOPS_ROLE takes another role$",
      ),
    ],
    [
      "without a way to AWS",
      named("Error", "connect ECONNREFUSED 127.0.0.1:1", { code: "ECONNREFUSED" }),
      /^No answer from AWS.*: connect ECONNREFUSED 127.0.0.1:1$/,
    ],
    [
      "whose proxy does not connect",
      new NetworkError("The proxy a:1 refuses"),
      /^No answer from AWS: The proxy a:1 refuses$/,
    ],
    [
      "whose company looks into what is sent",
      named("Error", "self-signed certificate in certificate chain", { code: "SELF_SIGNED_CERT_IN_CHAIN" }),
      /^No trust in who answers as AWS: self-signed certificate .*: set AWS_CA_BUNDLE to a file/,
    ],
  ])("%s", async (_, error, line) => {
    sts.roles.on(AssumeRoleCommand).rejects(error);
    const { code, out, err } = await mlops("pipelines list prod");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.trimEnd()).toMatch(line);
    expect(err.trimEnd()).not.toContain("\n");
    expect(sagemaker.calls()).toHaveLength(0);
  });

  test("and with --json as data too", async () => {
    sts.roles.on(AssumeRoleCommand).rejects(named("AccessDenied", "no"));
    expect(jsonOf(await mlops("pipelines list prod --json"))).toMatchObject({
      error: { message: expect.stringContaining("may not assume") as string },
    });
  });

  test("and a caller whom STS does not know is just the caller", async () => {
    sts.roles.on(AssumeRoleCommand).rejects(named("AccessDenied", "no"));
    sts.identities.on(GetCallerIdentityCommand).rejects(new Error("no"));
    expect((await mlops("pipelines list prod")).err).toMatch(/^The caller may not assume/);
  });
});

describe("the role that is assumed", () => {
  const assumed = async (args: string, variables = {}, environments = estateFolder) => {
    const { roles } = mockSts();
    mockClient(SageMakerClient).on(ListPipelinesCommand).resolves({});
    await mlops(`pipelines list prod${args}`, { variables, environments });
    return roles.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input.RoleArn);
  };
  const role = (name: string) => [`arn:aws:iam::222222222222:role/${name}`];

  test("is the administrator's", async () => {
    expect(await assumed("")).toEqual(role("OrganizationAccountAccessRole"));
  });

  test("is the scientist's where the environment names who may be one", async () => {
    expect(await assumed("", {}, estateWithRoles)).toEqual(role("mlops-scientist"));
    expect(await assumed(" --role auditor", {}, estateWithRoles)).toEqual(role("auditor"));
  });

  test.each(["", "arn:aws:iam::222222222222:role/reader"])("has a name, got: %p", async (role) => {
    const { code, err } = await mlops("pipelines list prod", { rest: ["--role", role] });
    expect([code, err.trim()]).toEqual([
      2,
      `--role and MLOPS_ROLE must be the name of a role, got: "${role}"`,
    ]);
  });

  test("is that of MLOPS_ROLE, and before it that of --role", async () => {
    expect(await assumed("", { MLOPS_ROLE: "reader" })).toEqual(role("reader"));
    expect(await assumed(" --role auditor", { MLOPS_ROLE: "reader" })).toEqual(role("auditor"));
    expect(await assumed("", { MLOPS_ROLE: "" })).toEqual(role("OrganizationAccountAccessRole"));
  });
});

describe("--local", () => {
  const folder = temporaryFolder();
  const file = join(folder, "kept.json");
  const before = { ...process.env };
  let server: Server;
  let endpoint: string;

  beforeAll(async () => {
    server = createServer((_, response) => response.end("4711"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    process.env = { ...before };
  });
  afterAll(() => {
    server.close();
  });

  test("points AWS clients at the local AWS that was left up, away from the caller's own accounts", async () => {
    writeFileSync(file, JSON.stringify({ pid: 4711, endpoint, secret: "drawn" }));
    const callers = {
      AWS_PROFILE: "mine",
      AWS_ENDPOINT_URL_S3: "https://s3.example.com",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_WEB_IDENTITY_TOKEN_FILE: "/token",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.23",
      TF_AWS_S3_ENDPOINT: "https://s3.example.com",
    };
    Object.assign(process.env, callers);
    await useKeptLocalAws(file);
    const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID } = process.env;
    expect({ AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID }).toEqual({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "drawn",
    });
    expect(Object.keys(callers).filter((name) => process.env[name] !== undefined)).toEqual([]);
  });

  test.each([
    ["none was left up", undefined],
    ["what is written down is not readable", "{"],
    ["another process has its port now", JSON.stringify({ pid: 1, endpoint: "here" })],
  ])("says how to get one where %s", async (_, written) => {
    rmSync(file, { force: true });
    if (written !== undefined) writeFileSync(file, written.replace("here", endpoint));
    await expect(useKeptLocalAws(file)).rejects.toThrow(
      "No local AWS is up: npm start -- --keep leaves one up",
    );
    expect(process.env.AWS_ENDPOINT_URL).toBe(before.AWS_ENDPOINT_URL);
  });
});

test.each([
  ["http://127.0.0.1:5000", true],
  ["http://localhost:5000/", true],
  ["http://[::1]:5000", true],
  ["http://127.0.0.1.example.com", false],
  ["https://sagemaker.us-east-1.amazonaws.com", false],
  [undefined, false],
])("%s is an address of this machine: %s", (endpoint, expected) => {
  expect(pointsAtThisMachine(endpoint)).toBe(expected);
});
