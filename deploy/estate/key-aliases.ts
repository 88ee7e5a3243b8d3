import { setTimeout } from "node:timers/promises";
import { DescribeKeyCommand, KMSClient, paginateListAliases } from "@aws-sdk/client-kms";
import type { Estate } from "../../config/schema";
import { keyAliasArn } from "../../core/arns";
import { applyRole } from "../../stacks/context";
import type { StackDescription } from "../../stacks/list";
import { accountRegionOf, namesOfWorkload } from "../../stacks/topology";
import type { AccountAccess } from "../access/account-access";
import type { Logger } from "./terraform-context";

/**
 * How long an alias may take to count in `kms:ResourceAliases`, once it is made or moved to another key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
const countsAfter = 5 * 60_000;
const longestPause = 30_000;

export interface Waiting {
  readonly report: Logger;
  readonly signal?: AbortSignal | undefined;
  /** @default that of the clock */
  readonly pause?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** ARNs of the aliases by which alone the role that applies a stack may use keys: an administrator needs none. */
export function aliasesNeeded(estate: Estate, stack: StackDescription): string[] {
  const { environment } = stack;
  if (environment.kind !== "workload" || applyRole(estate, stack) === estate.shared.adminRole) return [];
  const { keyAlias, stateKeyAlias } = namesOfWorkload(estate, environment);
  return [keyAlias, stateKeyAlias].map((alias) => keyAliasArn(accountRegionOf(environment), alias));
}

/**
 * Waits until a role may use the keys behind new aliases. Where an alias is older than AWS takes, or there is none, the role
 * is refused for another reason, which Terraform says better.
 */
export async function awaitAliases(
  access: AccountAccess,
  aliases: readonly string[],
  waiting: Waiting,
): Promise<void> {
  const kms = new KMSClient({ ...access });
  for (const alias of aliases) await awaitAlias(kms, alias, waiting);
}

async function awaitAlias(
  kms: KMSClient,
  alias: string,
  { report, signal, pause = pauseByTheClock }: Waiting,
): Promise<void> {
  const name = alias.slice(alias.indexOf("alias/"));
  for (let next = 1000; await isRefused(kms, alias); next = Math.min(2 * next, longestPause)) {
    const left = (await madeAt(kms, name)) + countsAfter - Date.now();
    if (!(left > 0)) return;
    report(`waiting until AWS counts ${name} in permissions, ${Math.ceil(left / 1000)} s at most`);
    await pause(Math.min(next, left), signal);
  }
}

async function isRefused(kms: KMSClient, alias: string): Promise<boolean> {
  try {
    await kms.send(new DescribeKeyCommand({ KeyId: alias }));
    return false;
  } catch (error) {
    return (error as Error).name === "AccessDeniedException";
  }
}

/** When an alias got its key, in milliseconds; NaN where nobody says. */
async function madeAt(kms: KMSClient, name: string): Promise<number> {
  try {
    for await (const { Aliases = [] } of paginateListAliases({ client: kms, pageSize: 100 }, {})) {
      const found = Aliases.find(({ AliasName }) => AliasName === name);
      if (found) return (found.LastUpdatedDate ?? found.CreationDate)?.getTime() ?? NaN;
    }
  } catch {
    return NaN;
  }
  return NaN;
}

const pauseByTheClock = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal });
