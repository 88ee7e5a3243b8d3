import { bindingsIn, bindingsInUse } from "../../../bench/bindings";

test("bindings that are imported for their types alone are not loaded", () => {
  const text = `import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import {
  IamRole,
} from "@cdktf/provider-aws/lib/iam-role";
import { App } from "cdktf";
`;
  expect(bindingsIn(text)).toEqual(["@cdktf/provider-aws/lib/s3-bucket", "@cdktf/provider-aws/lib/iam-role"]);
});

test("the stacks load what they are made of, each binding once", () => {
  const bindings = bindingsInUse();
  expect(bindings).toContain("@cdktf/provider-aws/lib/sagemaker-pipeline");
  expect(bindings).toHaveLength(new Set(bindings).size);
});
