import type { Agent } from "node:https";
import { createCallersAgent } from "./callers-agent";
import { variable } from "../variable";

let agent: Agent | undefined;

/**
 * Takes HTTPS through the caller's proxy, trusting the caller's certificates (`AWS_CA_BUNDLE`), as the AWS CLI, Terraform,
 * npm and pip do. Each client has to be given it: neither Node.js nor the AWS SDK for JavaScript reads these variables
 * (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-proxies.html). `global-agent` 4.1.3,
 * which needs no giving, takes no encrypted proxy, leaves its password percent-encoded and trusts nothing more without one.
 * @returns nothing where none is set, and then loads nothing
 */
export function callersAgent(): Agent | undefined {
  if (!names.some((name) => variable(name, process.env))) return undefined;
  return (agent ??= createCallersAgent());
}

const names = ["HTTPS_PROXY", "https_proxy", "AWS_CA_BUNDLE"];
