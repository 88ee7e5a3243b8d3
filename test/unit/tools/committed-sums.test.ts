import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pythonComponents, pythonLocks } from "../../../tools/sbom/python";
import { repository } from "../../../tools/paths";
import { awsProvider } from "../../../tools/toolchain/provider";
import { terraformSums } from "../../../tools/toolchain/terraform-sums";

/** What set-up downloads, and the sum each is checked against before it is used: docs/threat-model.md lists them. */
const text = (file: string): string => readFileSync(join(repository, file), "utf8");

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string; readonly inBundle?: boolean }>>;
}

test("npm packages: each has the digest of its archive, or comes within another's, and none runs a script", () => {
  const { packages } = JSON.parse(text("package-lock.json")) as Lock;
  const unchecked = Object.entries(packages).filter(
    ([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith("sha512-"),
  );
  expect(unchecked.map(([folder]) => folder)).toEqual([""]);
  expect(text(".npmrc").split("\n")).toContain("ignore-scripts=true");
});

test.each(pythonLocks)("Python packages: each in %s has a version and the digests of its files", (file) => {
  const named = text(file)
    .split("\n")
    .filter((line) => /^[A-Za-z0-9]/.test(line));
  const found = pythonComponents([text(file)]);
  expect(found).toHaveLength(named.length);
  expect(JSON.stringify(found)).not.toContain('"hashes":[]');
});

test("Terraform: each archive of the version in use has its digest", () => {
  const version = text(".terraform-version").trim();
  const platforms = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];
  expect(Object.keys(terraformSums)).toEqual(platforms.map((each) => `terraform_${version}_${each}.zip`));
});

test("the provider: the lock has digests of the version in use alone", () => {
  const { source, version } = awsProvider();
  const lock = text(".terraform.lock.hcl");
  expect([...lock.matchAll(/^provider "(.*)"/gm)].map(([, name]) => name)).toEqual([source]);
  expect(/^ *version += "(.*)"/m.exec(lock)?.[1]).toBe(version);
  expect(lock).toMatch(/"zh:[0-9a-f]{64}"/);
});
