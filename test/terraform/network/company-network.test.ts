import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { compileHook, repository } from "../../../tools/paths";
import { temporaryFolder } from "../../support/temporary-folder";
import { tools } from "../../support/tools";
import { startConnectProxy, type ConnectProxy } from "../../support/wire/connect-proxy";

const folder = temporaryFolder();
const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];

/** A certificate for AWS's names that nobody trusts, as of a company that looks into what is sent. */
const makeCertificate = `
import datetime as d, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.asymmetric import ec
key, now = ec.generate_private_key(ec.SECP256R1()), d.datetime.now(d.timezone.utc)
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "company")])
made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    .not_valid_before(now - d.timedelta(days=1)).not_valid_after(now + d.timedelta(days=1))
    .add_extension(x509.BasicConstraints(True, None), True)
    .add_extension(x509.SubjectAlternativeName([x509.DNSName("*.eu-west-1.amazonaws.com"), x509.DNSName("localhost")]), False)
    .sign(key, hashes.SHA256()))
open(sys.argv[1], "wb").write(made.public_bytes(s.Encoding.PEM))
open(sys.argv[2], "wb").write(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()))
`;

const answers: Readonly<Record<string, string>> = {
  AssumeRole: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>a</AccessKeyId>
    <SecretAccessKey>b</SecretAccessKey><SessionToken>c</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
    </Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  GetCallerIdentity: `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account>
    </GetCallerIdentityResult></GetCallerIdentityResponse>`,
};

let sts: Server;
let proxy: ConnectProxy;

beforeAll(async () => {
  execFileSync(tools().python, ["-c", makeCertificate, certificate, key]);
  sts = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => response.end(answers[new URLSearchParams(body).get("Action") ?? ""]));
  });
  await new Promise<void>((resolve) => sts.listen(0, "127.0.0.1", resolve));
  proxy = await startConnectProxy((sts.address() as AddressInfo).port);
});

afterAll(async () => {
  await proxy.stop();
  sts.closeAllConnections();
  sts.close();
});

/** As a command does: a role is assumed, by a client of the SDK's own, and STS asked where it leads. */
const program = `
const { accessAccount } = require(${JSON.stringify(join(repository, "deploy/access/account-access"))});
accessAccount({ name: "dev", account: "111111111111", region: "eu-west-1" }, "role")
  .then(() => console.log("reached"), (error) => console.log(error.message));
`;

const reach = async (variables: Record<string, string>, what = program): Promise<string> => {
  const env = { PATH: process.env.PATH, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", ...variables };
  const args = ["--require", compileHook, "--eval", what];
  const { stdout } = await execa(process.execPath, args, { env, extendEnv: false, reject: false });
  return stdout;
};

test("accounts are reached through a company's proxy, with the company's certificates", async () => {
  const stale = { NODE_EXTRA_CA_CERTS: "/nowhere/extra.pem" };
  const variables = { HTTPS_PROXY: `http://${proxy.url}`, AWS_CA_BUNDLE: certificate, ...stale };
  expect(await reach(variables)).toBe("reached");
  expect([...new Set(proxy.asked)]).toEqual(["CONNECT sts.eu-west-1.amazonaws.com:443"]);
});

test("certificates that the caller does not trust are refused", async () => {
  expect(await reach({ HTTPS_PROXY: `http://${proxy.url}` })).toMatch(/self-signed certificate/);
});

test("the company's certificates are trusted where no proxy is between", async () => {
  const { port } = sts.address() as AddressInfo;
  const get = `
require(${JSON.stringify(join(repository, "tools/network/download"))}).download("https://localhost:${port}")
  .then(() => console.log("reached"), (error) => console.log(error.message));`;
  expect(await reach({ AWS_CA_BUNDLE: certificate }, get)).toBe("reached");
  expect(await reach({}, get)).toMatch(/self-signed certificate/);
});
