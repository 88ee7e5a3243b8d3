import { Agent } from "node:https";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { useCallersNetwork } from "../../../../tools/network/callers-network";
import { startConnectProxy, type ConnectProxy } from "../../../support/wire/connect-proxy";

const agents = Agent.prototype as unknown as { createConnection: unknown };
const directly = agents.createConnection;

let proxy: ConnectProxy;

beforeAll(async () => {
  proxy = await startConnectProxy();
  useCallersNetwork();
});

afterAll(async () => {
  agents.createConnection = directly;
  await proxy.stop();
});

const ask = () =>
  new STSClient({
    region: "eu-west-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  }).send(new GetCallerIdentityCommand());

test("clients of the AWS SDK ask the caller's proxy, and say what it answers", async () => {
  process.env.HTTPS_PROXY = `http://me:p%40ss@${proxy.url}`;
  await expect(ask()).rejects.toThrow(
    `The proxy ${proxy.url} (HTTPS_PROXY) refuses to connect to sts.eu-west-1.amazonaws.com:443: status 407`,
  );
  const me = Buffer.from("me:p@ss").toString("base64");
  expect(proxy.asked).toEqual([`CONNECT sts.eu-west-1.amazonaws.com:443 Basic ${me}`]);
});

test("a proxy that is not there is named", async () => {
  process.env.HTTPS_PROXY = "http://127.0.0.1:1";
  await expect(ask()).rejects.toThrow(
    "The proxy 127.0.0.1:1 (HTTPS_PROXY) cannot be reached: connect ECONNREFUSED 127.0.0.1:1",
  );
});

test("certificates that cannot be read are named", async () => {
  process.env.AWS_CA_BUNDLE = "/nowhere/ca.pem";
  await expect(ask()).rejects.toThrow(/^AWS_CA_BUNDLE cannot be read: ENOENT.* '\/nowhere\/ca\.pem'$/);
});
