import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { deterministicZip, writePackage } from "../../../modules/lambda/bundle";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { repository } from "../../support/estate";
import { only, synthesise } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const entryPoint = join(repository, "lambdas/latest-approved-model/index.ts");
let folder: string;

beforeEach(() => (folder = temporaryFolder()));

test("packaging twice gives the same bytes under the same name, named after its content", () => {
  const path = writePackage(entryPoint, folder);
  expect(writePackage(entryPoint, folder)).toBe(path);
  expect(path).toContain(createHash("sha256").update(readFileSync(path)).digest("hex"));
  expect(readdirSync(folder)).toHaveLength(1);
});

test("the order of files does not change an archive", () => {
  const [a, b] = [new Uint8Array([1]), new Uint8Array([2])];
  expect(deterministicZip({ a, b })).toEqual(deterministicZip({ b, a }));
});

test("a package holds one file that exports a handler, and leaves the AWS SDK to the runtime", () => {
  const files = unzipSync(readFileSync(writePackage(entryPoint, folder)));
  expect(Object.keys(files)).toEqual(["index.js"]);
  const code = Buffer.from(files["index.js"] ?? []).toString();
  expect(code).toContain('require("@aws-sdk/client-sagemaker")');
  expect(code.length).toBeLessThan(20_000);
});

test("a function runs a supported Node.js and logs to the group it is given", () => {
  const stack = synthesise((scope) => {
    new NodeFunction(scope, "function", {
      functionName: "f",
      description: "Test",
      handler: "latest-approved-model",
      roleArn: "arn:aws:iam::111111111111:role/lambda-sagemaker-role",
      environment: { A: "b" },
      logGroupName: "/mlops/functions",
    });
  });
  expect(only(stack, "aws_lambda_function")).toMatchObject({
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    logging_config: { log_format: "JSON", log_group: "/mlops/functions" },
    environment: { variables: { A: "b" } },
  });
});
