import { existsSync, readFileSync } from "node:fs";
import type { Agent as HttpsAgent } from "node:https";
import { connect, createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { Agent } from "agent-base";
import { NetworkError } from "./network-error";
import { proxyFor } from "./proxy";
import { openTunnel } from "./tunnel";

/** Sends HTTPS through the caller's proxy, and trusts the caller's certificates. */
export function createCallersAgent(): HttpsAgent {
  // Not at the top of a file, where every command would load what it extends.
  class CallersAgent extends Agent {
    override async connect(...[request, options]: Parameters<Agent["connect"]>) {
      const { host = "localhost", port } = options;
      const proxy = proxyFor(host, port, process.env);
      const trusting = { ...options, ...trust() };
      return proxy === undefined ? connect(trusting) : openTunnel(proxy, request, trusting);
    }
  }
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- agent-base's are for HTTPS too
  return new CallersAgent({ keepAlive: true, maxSockets: 50 }); // as the SDK's own
}

const contexts = new Map<string, SecureContext>();

/** Certificates of the caller's beside those that Node.js trusts. @throws NetworkError where they cannot be read */
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
    throw new NetworkError(`AWS_CA_BUNDLE cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
