import { approvalOf, type Approval, type PackageChange } from "./approval";
import { NotStartedError, type CiServer } from "./ci-server";
import type { Claim, Claims } from "./claims";

/** What a release is made with. */
export interface Tools {
  readonly claims: Claims;
  /** Reads the secret first. */
  readonly ciServer: () => Promise<CiServer>;
  /** Milliseconds that this call may still take. */
  readonly remaining: () => number;
}

/** Milliseconds between two looks at a claim that another call has. */
const pause = 500;

/** Milliseconds that asking a CI server may take, and writing down what it said. */
const longestAsking = 45_000;

/**
 * Asks for the build of an approved version, once an approval, however often its event comes. Where an earlier call may have asked and
 * nobody knows, it looks before it asks again.
 * @returns what was done, in a line
 * @throws Error where no build was asked for, or nobody knows: Lambda tries again, then the event is kept
 */
export async function release(tools: Tools, event: PackageChange): Promise<string> {
  const approval = approvalOf(event);
  if (!approval) return `No build: ${event.detail.ModelPackageArn} was not approved just now`;
  const claim = await claimOf(tools, approval);
  if (claim.kind === "busy") throw new Error(`Another call asks for the build of ${approval.id}`);
  if (claim.kind === "started") return `No build: ${approval.id} has ${claim.where}`;
  const { where, found } = await startOnce(tools, approval, claim.unsureSince);
  await tools.claims.settle(approval.id, where);
  return found ? `No build: ${approval.id} has ${where}` : `Build ${where}: ${approval.id}`;
}

/** Waits for another call to end, while there is time. */
async function claimOf({ claims, remaining }: Tools, { id }: Approval): Promise<Claim> {
  for (;;) {
    const claim = await claims.take(id, remaining());
    if (claim.kind !== "busy" || remaining() < longestAsking) return claim;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function startOnce(
  { ciServer, claims }: Tools,
  { id, version }: Approval,
  unsureSince: Date | undefined,
): Promise<{ readonly where: string; readonly found: boolean }> {
  let unsure = unsureSince !== undefined;
  try {
    const server = await ciServer();
    const where = unsureSince && (await server.find(version, unsureSince));
    if (where !== undefined) return { where, found: true };
    unsure = false;
    const started = await server.start(version).catch((error: unknown) => {
      unsure = !(error instanceof NotStartedError);
      throw error;
    });
    return { where: started, found: false };
  } catch (error) {
    await claims.give(id, unsure);
    throw error;
  }
}
