import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  checkGit,
  checkMemory,
  checkNode,
  checkPackages,
  checkProvider,
  checkTerraform,
} from "../../../../deploy/doctor/tools";
import { platform } from "../../../../tools/toolchain/platform";
import { temporaryFolder } from "../../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function write(name: string, content: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

test.each([
  ["20.19.0", true],
  ["20.20.2", true],
  ["22.1.0", true],
  ["20.9.0", false],
  ["18.20.4", false],
])("Node.js %s where 20.19 or newer is wanted: %s", (running, ok) => {
  expect(checkNode(running, ">=20.19").ok).toBe(ok);
});

test("packages that are absent or of another version are named, with what brings them; tests bring their own", () => {
  const dependencies = { a: "1.0.0", b: "2.0.0", c: "3.0.0" };
  write("package.json", JSON.stringify({ dependencies, devDependencies: { d: "4.0.0" } }));
  write("node_modules/a/package.json", JSON.stringify({ version: "1.0.0" }));
  write("node_modules/b/package.json", JSON.stringify({ version: "2.0.1" }));
  expect(checkPackages(folder)).toEqual({
    subject: "npm packages",
    ok: false,
    found: "b is 2.0.1, wanted 2.0.0; c is not installed, wanted 3.0.0",
    remedy: expect.stringContaining("npm run setup") as string,
  });
});

test("a folder that git does not know is said to be none of its repositories", async () => {
  expect(await checkGit(folder)).toMatchObject({
    ok: false,
    found: expect.stringContaining(folder) as string,
  });
});

describe("Terraform", () => {
  function fake(name: string, version: string): string {
    const file = write(name, `#!/bin/sh\necho "Terraform v${version}"\necho "on linux_amd64"\n`);
    chmodSync(file, 0o755);
    return dirname(file);
  }

  test("of the wanted version is found on PATH behind an older one", async () => {
    const path = [fake("old/terraform", "1.5.0"), fake("new/terraform", "1.11.4")].join(":");
    expect(await checkTerraform({ version: "1.11.4", cache: folder, path })).toEqual({
      subject: "Terraform",
      ok: true,
      found: `1.11.4, ${join(folder, "new/terraform")}`,
    });
  });

  test("is found in the cache", async () => {
    fake("1.11.4/terraform", "1.11.4");
    expect(await checkTerraform({ version: "1.11.4", cache: folder, path: "" })).toMatchObject({ ok: true });
  });

  test("of other versions is named, with what brings the right one", async () => {
    const path = fake("old/terraform", "1.5.0");
    expect(await checkTerraform({ version: "1.11.4", cache: folder, path })).toEqual({
      subject: "Terraform",
      ok: false,
      found: `no 1.11.4; ${join(folder, "old/terraform")} is 1.5.0`,
      remedy: "run npm run setup, which brings it",
    });
  });
});

test("the provider is looked for in mirrors, and where set-up downloads it", () => {
  const provider = { source: "registry.terraform.io/hashicorp/aws", version: "5.100.0" };
  const places = { environment: {}, home: folder, addOns: join(folder, "none") };
  const environment = { XDG_DATA_DIRS: join(folder, "data") };
  const check = () => checkProvider(provider, { ...places, environment }, join(folder, "downloaded"));
  expect(check()).toMatchObject({ ok: false, found: expect.stringContaining(platform) as string });
  write(`downloaded/${provider.source}/5.100.0/${platform}/terraform-provider-aws_v5.100.0`, "");
  expect(check()).toMatchObject({ ok: true, found: `5.100.0, ${join(folder, "downloaded")}` });
});

test("too little memory for one Terraform run is a finding", () => {
  expect(checkMemory(1, 0.5 * 1024 ** 3)).toMatchObject({
    ok: false,
    found: "0.5 GB free, a Terraform run takes 0.9",
  });
  expect(checkMemory(4, 4 * 1024 ** 3)).toMatchObject({ ok: true });
});
