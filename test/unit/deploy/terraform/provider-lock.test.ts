import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readProviderLock } from "../../../../deploy/terraform/provider-lock";
import { temporaryFolder } from "../../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const block = (source: string, version: string): string => `
provider "${source}" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
    "h1:Ijt7pOlB7Tr7maGQIqtsLFbl7pSMIj06TVdkoSBcYOw=",
    "zh:0000000000000000000000000000000000000000000000000000000000000000",
  ]
}
`;
const write = (...blocks: string[]): void => {
  const header = '# This file is maintained automatically by "terraform init".\n';
  writeFileSync(join(folder, ".terraform.lock.hcl"), header + blocks.join(""));
};

test("every provider that was chosen, by source, with its version", () => {
  write(
    block("registry.terraform.io/hashicorp/archive", "2.7.1"),
    block("registry.terraform.io/hashicorp/aws", "5.100.0"),
  );
  expect(readProviderLock(folder)).toEqual({
    hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    providers: {
      "registry.terraform.io/hashicorp/archive": "2.7.1",
      "registry.terraform.io/hashicorp/aws": "5.100.0",
    },
  });
});

test("its hash is another where a checksum is another", () => {
  write(block("registry.terraform.io/hashicorp/aws", "5.100.0"));
  const { hash } = readProviderLock(folder);
  write(block("registry.terraform.io/hashicorp/aws", "5.100.0").replace("zh:0", "zh:1"));
  expect(readProviderLock(folder).hash).not.toBe(hash);
});

test("a folder that was not initialised is said to be one", () => {
  expect(() => readProviderLock(folder)).toThrow(`${folder} has not been initialised`);
});
