import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  liftDestroyGuards,
  liftedGuards,
  restoreDestroyGuards,
} from "../../../../deploy/terraform/destroy-guards";
import { temporaryFolder } from "../../../support/temporary-folder";

const resources = {
  aws_kms_key: { key: { lifecycle: { prevent_destroy: true } } },
  aws_s3_object: { script: { lifecycle: {} }, other: {} },
};

test("only what is protected is lifted, by name", () => {
  expect(liftedGuards(resources)).toEqual({
    resource: { aws_kms_key: { key: { lifecycle: { prevent_destroy: false } } } },
  });
});

test("a stack that protects nothing gets no override: Terraform refuses an empty resource block", () => {
  expect(liftedGuards({ aws_sns_topic: { topic: {} } })).toEqual({});
});

test("lifting leaves the synthesised file as it is, and restoring leaves nothing behind", () => {
  const folder = temporaryFolder();
  const synthesised = JSON.stringify({ resource: resources });
  writeFileSync(join(folder, "cdk.tf.json"), synthesised);
  liftDestroyGuards(folder, { localState: "/tmp/x.tfstate" });
  const override = readFileSync(join(folder, "destroy_guards_override.tf.json"), "utf8");
  expect(JSON.parse(override)).toMatchObject({
    terraform: { backend: { local: { path: "/tmp/x.tfstate" } } },
  });
  expect(readFileSync(join(folder, "cdk.tf.json"), "utf8")).toBe(synthesised);
  restoreDestroyGuards(folder);
  expect(existsSync(join(folder, "destroy_guards_override.tf.json"))).toBe(false);
});
