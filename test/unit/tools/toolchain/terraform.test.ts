import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { platform } from "../../../../tools/toolchain/platform";
import { findTerraform } from "../../../../tools/toolchain/terraform";
import { terraformSums } from "../../../../tools/toolchain/terraform-sums";
import { ToolchainError } from "../../../../tools/toolchain/toolchain-error";
import { repository } from "../../../support/estate";
import { temporaryFolder } from "../../../support/temporary-folder";
import { fakeTerraform, script, serve, type Answer } from "./support";

const binary = "#!/bin/sh\necho downloaded\n";
const archive = zipSync({ "LICENSE.txt": strToU8("licence"), terraform: strToU8(binary) });
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const zipPath = `/terraform/1.11.4/terraform_1.11.4_${platform}.zip`;
const sumsOf = (bytes: Uint8Array) => ({ [`terraform_1.11.4_${platform}.zip`]: sha256(bytes) });

let folder: string;
let reports: string[];
let stop = (): Promise<void> => Promise.resolve();

beforeEach(() => {
  folder = temporaryFolder();
  reports = [];
});

afterEach(async () => {
  await stop();
  stop = () => Promise.resolve();
});

const find = (releases: string, path = "", sums: Readonly<Record<string, string>> = sumsOf(archive)) =>
  findTerraform({
    version: "1.11.4",
    cache: join(folder, "cache"),
    path,
    releases,
    sums,
    report: (line) => reports.push(line),
  });

async function releaseServer(answers: Record<string, Answer>): Promise<{ url: string; requests: string[] }> {
  const server = await serve(answers);
  stop = server.stop;
  return server;
}

async function failureOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ToolchainError);
  return (error as Error).message;
}

const nowhere = "http://127.0.0.1:1";

describe("Terraform on PATH", () => {
  test("the binary of exactly the wanted version is taken, although another stands before it", async () => {
    fakeTerraform(join(folder, "a/terraform"), "1.9.0");
    const wanted = fakeTerraform(join(folder, "b/terraform"), "1.11.4");
    expect(await find(nowhere, `${folder}/a:${folder}/b`)).toBe(wanted);
    expect(reports).toEqual([]);
  });

  test("a version manager, which runs the wanted version in this folder alone, is passed over", async () => {
    const version = "$([ -e .terraform-version ] && echo 1.11.4 || echo 1.5.7)";
    script(join(folder, "a/terraform"), `echo '{ "terraform_version": "'"${version}"'" }'`);
    const wanted = fakeTerraform(join(folder, "b/terraform"), "1.11.4");
    expect(existsSync(".terraform-version")).toBe(true);
    expect(await find(nowhere, `${folder}/a:${folder}/b`)).toBe(wanted);
  });

  test("a file that cannot run, or is not Terraform, is passed over", async () => {
    mkdirSync(join(folder, "a/terraform"), { recursive: true });
    mkdirSync(join(folder, "b"));
    writeFileSync(join(folder, "b/terraform"), "text");
    const wanted = fakeTerraform(join(folder, "c/terraform"), "1.11.4");
    expect(await find(nowhere, `${folder}/a:${folder}/b:${folder}/c`)).toBe(wanted);
  });
});

describe("Terraform downloaded", () => {
  test("a release is checked, unpacked, made executable, and not downloaded again", async () => {
    const server = await releaseServer({ [zipPath]: { body: archive } });
    const terraform = await find(`${server.url}/`);
    expect(terraform).toBe(join(folder, "cache/1.11.4/terraform"));
    expect(execFileSync(terraform, { encoding: "utf8" })).toBe("downloaded\n");
    expect(reports).toEqual([`Downloading Terraform 1.11.4 for ${platform}`]);
    await find(server.url);
    expect(server.requests).toEqual([zipPath]);
  });

  test("two runs at once both end with the binary", async () => {
    const server = await releaseServer({ [zipPath]: { body: archive } });
    const [first, second] = await Promise.all([find(server.url), find(server.url)]);
    expect(first).toBe(second);
    expect(existsSync(first)).toBe(true);
  });

  test("what a killed run left half-made is removed", async () => {
    const dead = join(folder, "cache/1.11.4.building-999999999-abcdef");
    mkdirSync(dead, { recursive: true });
    const server = await releaseServer({ [zipPath]: { body: archive } });
    await find(server.url);
    expect(readdirSync(join(folder, "cache"))).toEqual(["1.11.4"]);
  });
});

describe("Terraform that cannot be brought leaves nothing behind and says why", () => {
  const other = zipSync({ terraform: strToU8("other") });
  const withoutBinary = zipSync({ readme: strToU8("text") });
  test.each<[string, Record<string, Answer>, Record<string, string>, string]>([
    [
      "another archive than the one that is committed",
      { [zipPath]: { body: archive } },
      sumsOf(other),
      `committed is ${sha256(other)}`,
    ],
    ["no release of the version", {}, sumsOf(archive), `${zipPath}: HTTP status 404`],
    ["a truncated archive", { [zipPath]: { body: "PK", length: 999 } }, sumsOf(archive), `${zipPath}: `],
    [
      "an archive without the binary",
      { [zipPath]: { body: withoutBinary } },
      sumsOf(withoutBinary),
      "holds no file named terraform",
    ],
  ])("%s", async (_, answers, sums, reason) => {
    const server = await releaseServer(answers);
    const message = await failureOf(find(server.url, "", sums));
    expect(message).toContain(reason);
    expect(message).toContain(server.url);
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });

  test("no sum of this platform's archive: nothing is downloaded", async () => {
    const server = await releaseServer({ [zipPath]: { body: archive } });
    expect(await failureOf(find(server.url, "", {}))).toContain(
      `no SHA-256 of terraform_1.11.4_${platform}.zip`,
    );
    expect(server.requests).toEqual([]);
  });

  test("the sums that are committed are of the version that is pinned, for each platform that runs it", () => {
    const version = readFileSync(join(repository, ".terraform-version"), "utf8").trim();
    const platforms = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];
    expect(Object.keys(terraformSums)).toEqual(platforms.map((name) => `terraform_${version}_${name}.zip`));
    for (const sum of Object.values(terraformSums)) expect(sum).toMatch(/^[0-9a-f]{64}$/);
  });

  test("no network: one message with the other version found, the reason and the remedy", async () => {
    const found = fakeTerraform(join(folder, "a/terraform"), "1.9.0");
    const { url, stop: close } = await serve({});
    await close();
    expect(await failureOf(find(url, join(folder, "a")))).toBe(
      [
        "Terraform 1.11.4 is not on PATH and could not be downloaded",
        `  - ${found} is 1.9.0`,
        `  - ${url}${zipPath}: connect ECONNREFUSED ${new URL(url).host}`,
        "Remedy: put Terraform 1.11.4 on PATH (https://developer.hashicorp.com/terraform/install), or set " +
          "TERRAFORM_RELEASES_URL to a reachable mirror of HashiCorp's releases, then run the same command again",
      ].join("\n"),
    );
  });
});
