import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { environmentFile } from "../paths";

/** Variables of the caller's own AWS set-up, which must not reach local AWS, nor local AWS's the caller's accounts. */
const foreign = [
  "AWS_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_ROLE_ARN",
];

/** Points this process, and all it starts, at local AWS. */
export function useLocalAws(environment: Readonly<Record<string, string>>): void {
  foreign.forEach((name) => Reflect.deleteProperty(process.env, name));
  Object.assign(process.env, environment);
}

/** Writes a file to source in a shell, so that Terraform, the AWS CLI and SDKs there talk to local AWS. */
export function writeEnvironmentFile(environment: Readonly<Record<string, string>>): void {
  const lines = [
    `unset ${foreign.join(" ")}`,
    ...Object.entries(environment).map(
      ([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`,
    ),
  ];
  mkdirSync(dirname(environmentFile), { recursive: true });
  writeFileSync(environmentFile, `${lines.join("\n")}\n`);
}
