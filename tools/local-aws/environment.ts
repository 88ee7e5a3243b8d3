import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { localAwsFiles } from "../paths";

/** Variables of the caller's own AWS set-up, which must not reach local AWS, nor local AWS's the caller's accounts. */
const callerVariables = [
  "AWS_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_ROLE_ARN",
];

/** Points this process, and all it starts, at local AWS. */
export function useLocalAws(environment: Readonly<Record<string, string>>): void {
  callerVariables.forEach((name) => Reflect.deleteProperty(process.env, name));
  Object.assign(process.env, environment);
}

/** Writes a file to source in a shell, so that Terraform, the AWS CLI and SDKs there talk to local AWS. */
export function writeEnvironmentFile(environment: Readonly<Record<string, string>>): void {
  const lines = [
    `unset ${callerVariables.join(" ")}`,
    ...Object.entries(environment).map(
      ([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`,
    ),
  ];
  mkdirSync(dirname(localAwsFiles.environment), { recursive: true });
  writeFileSync(localAwsFiles.environment, `${lines.join("\n")}\n`);
}

/** Any credentials will do; without a role assumed they stand in the caller's account. */
export function environmentFor(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
  };
}
