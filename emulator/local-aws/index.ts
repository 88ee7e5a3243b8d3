import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { LocalAwsAddress } from "../../tools/local-aws/address";
import { environmentFor } from "../../tools/local-aws/environment";
import { answers, forget } from "../../tools/local-aws/kept";
import { localAwsFiles } from "../../tools/paths";
import { keep, stopKept } from "./kept";
import { end, launch, type AuthorizationOptions, type Server } from "./server";

export { assumedRoles } from "./assumed-roles";
export { liftPolicies, refusals } from "./authorization";
export { forkLocalAws } from "./fork";
export { instanceCredentials } from "./instance-role";
export { stopKept } from "./kept";

export interface LocalAwsOptions {
  /** Python that has the locked requirements. */
  readonly python: string;
  /** Account that callers who assume no role stand in. */
  readonly callerAccount: string;
  /** Gets one line for each request, and what went wrong. */
  readonly logFile: string;
  /** Refuse what policies do not allow. @default everybody may do everything, but for a few checks */
  readonly authorization?: AuthorizationOptions;
  /** Where functions find what stands on the Internet, by origin. @default where it stands */
  readonly elsewhere?: Readonly<Record<string, string>> | undefined;
  /** Outlive this process, until `stopKept`. @default false: end with it, however it ends */
  readonly keep?: boolean;
  /** Where a kept server is written down. @default .cache/local-aws/kept.json */
  readonly keptFile?: string;
}

/** A whole multi-account AWS on this machine, with all its state in memory. */
export interface LocalAws extends LocalAwsAddress {
  /** Variables that point Terraform, the AWS CLI and SDKs at it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
  /** Ends it; all its state goes with it. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts local AWS on a free port of 127.0.0.1 and waits until it answers. With `keep`, one that was kept before is
 * ended first.
 * @throws Error with the end of the log where it does not come up
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const file = options.keptFile ?? localAwsFiles.kept;
  if (options.keep) await stopKept(file);
  mkdirSync(dirname(options.logFile), { recursive: true });
  const server = await launch(options);
  if (options.keep) keep(server, file);
  const { endpoint, secret, pid } = server;
  return {
    endpoint,
    secret,
    pid,
    environment: environmentFor(server),
    stop: () => stop(server, options.keep && file),
  };
}

async function stop(server: Server, file: string | false | undefined): Promise<void> {
  await end(server.process);
  if (file && !(await answers(server))) forget(file);
}
