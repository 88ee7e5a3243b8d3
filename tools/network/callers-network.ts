import { existsSync, readFileSync } from "node:fs";
import { Agent, type AgentOptions } from "node:https";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { proxyFor } from "./proxy";
import { openTunnel } from "./tunnel";

type Options = AgentOptions & { readonly host?: string; readonly port?: number };
type Connected = (error: Error | null, socket?: unknown) => void;
type Connect = (this: Agent, options: Options, connected: Connected) => unknown;

/** Where Node.js keeps how an agent connects; its types do not have it. */
const agents = Agent.prototype as unknown as { createConnection: Connect };
const directly = agents.createConnection;

/**
 * Has every HTTPS connection of this process go through the caller's proxy, and trust the caller's certificates
 * (`AWS_CA_BUNDLE`), as those of the AWS CLI, Terraform, npm and pip do. Neither Node.js nor the AWS SDK for JavaScript
 * reads these variables
 * (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-proxies.html). It is done for all
 * agents alike because the SDK makes clients of its own for credentials, which take none from us.
 */
export function useCallersNetwork(): void {
  agents.createConnection = connect;
}

function connect(this: Agent, options: Options, connected: Connected): unknown {
  const { host = "localhost", port = 443 } = options;
  try {
    const proxy = proxyFor(host, port, process.env);
    const trusting = { ...trust(), ...options };
    if (proxy === undefined) return directly.call(this, trusting, connected);
    openTunnel(proxy, host, port).then(
      (socket) => {
        connected(null, directly.call(this, { ...trusting, socket }, connected));
      },
      (error: unknown) => {
        connected(error as Error);
      },
    );
  } catch (error) {
    process.nextTick(connected, error);
  }
  return undefined;
}

const contexts = new Map<string, SecureContext>();

/** Certificates of the caller's beside those that Node.js trusts. @throws Error where they cannot be read */
function trust(): { readonly secureContext?: SecureContext } {
  const { AWS_CA_BUNDLE: bundle, NODE_EXTRA_CA_CERTS: extra } = process.env;
  if (!bundle) return {};
  const known = contexts.get(bundle);
  if (known) return { secureContext: known };
  // Node.js leaves NODE_EXTRA_CA_CERTS out where certificates are given, and warns of a file that is not there.
  const files = [bundle, ...(extra && existsSync(extra) ? [extra] : [])].map(read);
  const secureContext = createSecureContext({ ca: [...rootCertificates, ...files] });
  contexts.set(bundle, secureContext);
  return { secureContext };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`AWS_CA_BUNDLE cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
