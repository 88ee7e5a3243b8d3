import { execa } from "execa";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { estateFolder } from "../../support/environments";

interface Logged {
  readonly target: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents?: readonly { readonly message: string }[];
}

const credentials = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>AKIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Account>222222222222</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** STS and CloudWatch Logs, as far as logging asks them. */
let server: Server;
let roles: (string | null)[];
let calls: Logged[];
beforeEach(async () => {
  [roles, calls] = [[], []];
  server = createServer((request, response) => void answer(request).then((body) => response.end(body)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function answer(request: IncomingMessage): Promise<string> {
  const body = await text(request);
  const target = request.headers["x-amz-target"];
  if (typeof target !== "string") {
    const asked = new URLSearchParams(body);
    if (asked.get("Action") === "GetCallerIdentity") return identity;
    roles.push(asked.get("RoleArn"));
    return credentials;
  }
  calls.push({ ...(JSON.parse(body) as Omit<Logged, "target">), target });
  return "{}";
}

function logged(command: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const aws = {
    AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID: "AKIA",
    AWS_SECRET_ACCESS_KEY: "a secret key",
    AWS_REGION: "us-east-1",
  };
  const env = {
    ...aws,
    JOB_NAME: "mlops",
    BUILD_NUMBER: "7",
    MLOPS_ENVIRONMENTS: estateFolder,
    ...environment,
  };
  return execa("node", [join(__dirname, "../../../jenkins/logged.js"), ...command], { env, reject: false });
}

describe("node jenkins/logged.js", () => {
  jest.setTimeout(60_000);

  test("logs what a command prints, and no secret, to jenkins-log of the account that Jenkins applies to", async () => {
    const script = 'echo "key $AWS_SECRET_ACCESS_KEY"; exit 3';
    expect(await logged(["sh", "-c", script])).toMatchObject({
      exitCode: 3,
      stdout: "key ****",
      stderr: "",
    });
    expect(roles).toEqual(["arn:aws:iam::222222222222:role/cross-account-jenkins-role"]);
    const place = { logGroupName: "jenkins-log", logStreamName: "mlops/7" };
    expect(calls).toMatchObject([
      { ...place, target: "Logs_20140328.CreateLogStream" },
      { ...place, target: "Logs_20140328.PutLogEvents", logEvents: [{ message: "key ****" }] },
    ]);
  });

  test("a configuration that is not valid is the command's to refuse", async () => {
    const { exitCode, stderr, stdout } = await logged(["sh", "-c", "echo on; exit 2"], {
      MLOPS_ENVIRONMENTS: tmpdir(),
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "on" });
    expect(stderr).toBe(`WARNING: nothing is logged to jenkins-log: ${tmpdir()} is not valid`);
  });

  test("without a command says how it is used", async () => {
    expect(await logged([])).toMatchObject({
      exitCode: 2,
      stderr: "Usage: node jenkins/logged.js COMMAND [ARGUMENTS]",
    });
  });
});
