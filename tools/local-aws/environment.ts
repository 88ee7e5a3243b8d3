import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { dirname } from "node:path";
import { localAwsFiles } from "../paths";
import type { LocalAwsAddress } from "./address";
import { variable } from "../variable";

/**
 * Variables of the caller's own AWS set-up: profiles, roles, endpoints of single services, FIPS and dual-stack switches,
 * and the Terraform provider's own endpoints. None may reach local AWS, nor local AWS's the caller's accounts.
 */
const isCallers = (name: string): boolean => /^(AWS|TF_AWS)_/.test(name);

/** Points this process, and all it starts, at local AWS. */
export function useLocalAws(environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (isCallers(name)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, environment, pastProxies(process.env));
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What to change in the caller's variables for programs that work with a local AWS of their own and no other: nothing of
 * the caller's own AWS, and no proxy between, which botocore would take for this machine too.
 */
export const forLocalAwsAlone = (variables: Variables): Record<string, string | undefined> => ({
  ...Object.fromEntries(
    Object.keys(variables)
      .filter((name) => isCallers(name) && !name.startsWith("AWS_SDK_JS_"))
      .map((name) => [name, undefined]),
  ),
  ...pastProxies(variables),
});

function pastProxies(variables: Variables): { readonly NO_PROXY: string; readonly no_proxy: string } {
  const others = variable("NO_PROXY", variables) ?? variable("no_proxy", variables);
  const all = ["127.0.0.1", ...(others === undefined ? [] : [others])].join();
  return { NO_PROXY: all, no_proxy: all };
}

/** Writes a file to source in a shell, so that Terraform, the AWS CLI and SDKs there talk to local AWS. */
export function writeEnvironmentFile(
  environment: Readonly<Record<string, string>>,
  file = localAwsFiles.environment,
): void {
  const lines = [
    String.raw`unset AWS_PROFILE $(env | sed -n 's/^\(\(TF_\)\{0,1\}AWS_[A-Za-z0-9_]*\)=.*/\1/p')`,
    `export NO_PROXY="127.0.0.1\${NO_PROXY:+,$NO_PROXY}" no_proxy="127.0.0.1\${no_proxy:+,$no_proxy}"`,
    ...Object.entries(environment).map(
      ([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`,
    ),
  ];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** The secret is the access key; without a role assumed it stands in the caller's account. Signatures are not checked. */
export function environmentFor({ endpoint, secret }: LocalAwsAddress): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: secret,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    // Files of the caller's may name other endpoints, or switches that a given endpoint forbids.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
  };
}
