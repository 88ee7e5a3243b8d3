import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa, execaSync } from "execa";
import {
  environmentFor,
  forLocalAwsAlone,
  writeEnvironmentFile,
} from "../../../../tools/local-aws/environment";
import { repository } from "../../../../tools/paths";
import { temporaryFolder } from "../../../support/temporary-folder";

const shells = ["sh", "bash", "zsh"].filter(
  (shell) => execaSync(shell, ["-c", "true"], { reject: false }).exitCode === 0,
);
const callers = {
  AWS_PROFILE: "mine",
  AWS_ENDPOINT_URL_S3: "https://s3.example.com",
  AWS_USE_FIPS_ENDPOINT: "true",
  TF_AWS_S3_ENDPOINT: "https://s3.example.com",
  PASSWORD: "two lines\nAWS_LIKE=1",
  NO_PROXY: "intranet",
  no_proxy: "",
};

test.each(shells)("the file that %s sources leaves nothing of the caller's own AWS", (shell) => {
  const file = join(temporaryFolder(), "environment");
  const environment = {
    ...environmentFor({ endpoint: "http://127.0.0.1:4566", secret: "drawn" }),
    QUOTED: "it's",
  };
  writeEnvironmentFile(environment, file);
  const { stdout } = execaSync(shell, ["-euc", `. "$0"; env`, file], { env: callers });
  const after = stdout.split("\n");
  for (const [name, value] of Object.entries(environment)) expect(after).toContain(`${name}=${value}`);
  const settings = after.filter((line) => /^(TF_)?AWS_(?!LIKE)/.test(line)).map((line) => line.split("=")[0]);
  expect(settings.filter((name = "") => !(name in environment))).toEqual([]);
  expect(after).toContain("NO_PROXY=127.0.0.1,intranet");
  expect(after).toContain("no_proxy=127.0.0.1");
});

test("tests work with their own local AWS, whatever the caller's AWS and proxy", () => {
  expect(forLocalAwsAlone({ ...callers, AWS_SDK_JS_A: "true" })).toEqual({
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL_S3: undefined,
    AWS_USE_FIPS_ENDPOINT: undefined,
    TF_AWS_S3_ENDPOINT: undefined,
    NO_PROXY: "127.0.0.1,intranet",
    no_proxy: "127.0.0.1,intranet",
  });
});

/** Would send a client to another address, by a switch that a given endpoint forbids besides. */
const configuration = `[default]
use_fips_endpoint = true
services = mine
[services mine]
sts =
  endpoint_url = https://sts.example.com
`;

const ask = `const { STS } = require("@aws-sdk/client-sts"); new STS().getCallerIdentity();`;

test("clients ask local AWS, whatever the caller's configuration file says", async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws/config"), configuration);
  const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const asked: string[] = [];
    server.on("request", ({ method }: IncomingMessage) => asked.push(method ?? ""));
    const environment = environmentFor({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      secret: "drawn",
    });
    const env = { HOME: home, ...environment };
    await execa(process.execPath, ["-e", ask], { cwd: repository, extendEnv: false, env, reject: false });
    expect(asked).toEqual(["POST"]);
  } finally {
    server.close();
  }
});
