import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Environment } from "../../../../config/schema";
import { accessAccount } from "../../../../deploy/access/account-access";
import {
  callersCredentials,
  callersNetwork,
  callersStsClient,
} from "../../../../deploy/access/callers-clients";
import { readEstate } from "../../../support/estate";
import { mockSts } from "../../../support/sts";
import { temporaryFolder } from "../../../support/temporary-folder";
import { startConnectProxy, type ConnectProxy } from "../../../support/wire/connect-proxy";

const [dev] = readEstate().environments as [Environment];
const { region } = dev;
const home = temporaryFolder();
const token = join(home, "token");

let proxy: ConnectProxy;

beforeEach(async () => {
  proxy = await startConnectProxy();
  for (const name of Object.keys(process.env))
    if (/^AWS_(?!SDK)|_proxy$/i.test(name)) Reflect.deleteProperty(process.env, name);
  process.env.HTTPS_PROXY = `http://${proxy.url}`;
});

afterEach(() => proxy.stop());

/** What `aws sso login` leaves for the AWS CLI and the SDKs. */
function logIn(session: string, expiresAt: string): void {
  const cache = join(home, ".aws/sso/cache");
  const file = `${createHash("sha1").update(session).digest("hex")}.json`;
  const client = { clientId: "a", clientSecret: "b", refreshToken: "c" };
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, file), JSON.stringify({ accessToken: "t", expiresAt, ...client }));
}

const identityCenter = (session: string) => `[default]
sso_session = ${session}
sso_account_id = 111111111111
sso_role_name = reader
[sso-session ${session}]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start`;

/** @param name a new one each time: the SDK reads a file once */
function become(name: string, profile: string): void {
  const config = join(home, name.replaceAll(/\W/g, "-"));
  writeFileSync(config, profile);
  writeFileSync(token, "token");
  logIn("fresh", new Date(Date.now() + 3_600_000).toISOString());
  logIn("stale", new Date(0).toISOString());
  Object.assign(process.env, { HOME: home, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: devNull });
}

test.each([
  ["keys", "[default]\naws_access_key_id = a\naws_secret_access_key = b", `sts.${region}`],
  ["a log-in at IAM Identity Center", identityCenter("fresh"), "portal.sso.us-east-1"],
  ["such a log-in that has run out", identityCenter("stale"), "oidc.us-east-1"],
  [
    "a role that another profile's keys assume",
    `[default]
role_arn = arn:aws:iam::111111111111:role/reader
source_profile = keys
[profile keys]
aws_access_key_id = a
aws_secret_access_key = b`,
    `sts.${region}`,
  ],
  [
    "a build server's token",
    `[default]\nrole_arn = arn:aws:iam::111111111111:role/reader\nweb_identity_token_file = ${token}`,
    `sts.${region}`,
  ],
])("a caller with %s goes through the proxy", async (name, profile, host) => {
  become(name, profile);
  await expect(accessAccount(dev, "deployer")).rejects.toThrow();
  expect(proxy.asked).toContain(`CONNECT ${host}.amazonaws.com:443`);
});

test("a caller who is asked for without a role goes through the proxy", async () => {
  become("callers-own", identityCenter("fresh"));
  const sts = callersStsClient(region);
  await expect(sts.send(new GetCallerIdentityCommand())).rejects.toThrow(`The proxy ${proxy.url}`);
  expect(proxy.asked).toEqual(["CONNECT portal.sso.us-east-1.amazonaws.com:443"]);
});

test("clients in an account go through the proxy", async () => {
  mockSts();
  const kms = new KMSClient(await accessAccount(dev, "deployer"));
  await expect(kms.send(new ListAliasesCommand())).rejects.toThrow(`The proxy ${proxy.url}`);
  expect(proxy.asked).toEqual([`CONNECT kms.${region}.amazonaws.com:443`]);
});

test("where the network is as the SDK has it, so are clients and credentials", () => {
  delete process.env.HTTPS_PROXY;
  expect([callersNetwork(), callersCredentials({})]).toEqual([{}, undefined]);
});
