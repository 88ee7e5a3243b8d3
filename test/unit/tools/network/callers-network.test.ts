import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { format } from "node:util";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { callersAgent } from "../../../../tools/network/callers-network";
import { startConnectProxy, type ConnectProxy } from "../../../support/wire/connect-proxy";

/** What https-proxy-agent prints with. */
interface Debug {
  log: (...words: unknown[]) => void;
  enable(names: string): void;
  disable(): void;
}

let proxy: ConnectProxy;

beforeAll(async () => {
  proxy = await startConnectProxy();
  for (const name of Object.keys(process.env))
    if (/^AWS_CA_BUNDLE$|_proxy$/i.test(name)) Reflect.deleteProperty(process.env, name);
});

afterAll(() => proxy.stop());

const ask = () =>
  new STSClient({
    region: "eu-west-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    requestHandler: { httpsAgent: callersAgent() },
  }).send(new GetCallerIdentityCommand());

test("where no variable is set, nothing takes the place of the SDK's own way", () => {
  expect(callersAgent()).toBeUndefined();
});

test("clients of the AWS SDK ask the caller's proxy, and say what it answers", async () => {
  process.env.HTTPS_PROXY = `http://me:p%40ss@${proxy.url}`;
  await expect(ask()).rejects.toThrow(
    `The proxy ${proxy.url} (HTTPS_PROXY) refuses to connect to sts.eu-west-1.amazonaws.com:443: status 407`,
  );
  const me = Buffer.from("me:p@ss").toString("base64");
  expect(proxy.asked).toEqual([`CONNECT sts.eu-west-1.amazonaws.com:443 Basic ${me}`]);
});

test("what identifies the caller at a proxy is not printed, even where DEBUG is set", async () => {
  process.env.HTTPS_PROXY = `http://me:p%40ss@${proxy.url}`;
  const debug = createRequire(require.resolve("https-proxy-agent"))("debug") as Debug;
  const [printed, log] = [jest.fn(), debug.log];
  debug.log = (...words) => void printed(format(...words));
  debug.enable("*");
  await expect(ask()).rejects.toThrow("status 407");
  debug.disable();
  debug.log = log;
  expect(printed.mock.calls.join()).toContain(proxy.url);
  expect(printed.mock.calls.join()).not.toMatch(/me:|p%40ss|p@ss|Basic/);
});

test("a proxy that is not there is named", async () => {
  process.env.HTTPS_PROXY = "http://127.0.0.1:1";
  await expect(ask()).rejects.toThrow(
    "The proxy 127.0.0.1:1 (HTTPS_PROXY) cannot be reached: connect ECONNREFUSED 127.0.0.1:1",
  );
});

test("a proxy that does not answer is named, and left", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  const [asked, answer] = [once(silent, "connection"), ask().catch((error: unknown) => error)];
  await asked;
  jest.advanceTimersByTime(30_000);
  jest.useRealTimers();
  expect(await answer).toMatchObject({
    message: `The proxy 127.0.0.1:${port} (HTTPS_PROXY) does not answer`,
    code: "ENETWORK",
  });
  await new Promise((resolve) => silent.close(resolve)); // which waits for who is connected
});

test("certificates that cannot be read are named", async () => {
  process.env.AWS_CA_BUNDLE = "/nowhere/ca.pem";
  await expect(ask()).rejects.toMatchObject({
    message: expect.stringMatching(/^AWS_CA_BUNDLE cannot be read: ENOENT.* '\/nowhere\/ca\.pem'$/) as string,
    code: "ENETWORK",
  });
});
