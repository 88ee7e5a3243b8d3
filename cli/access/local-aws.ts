import { environmentFor, useLocalAws } from "../../tools/local-aws/environment";
import { findKept } from "../../tools/local-aws/kept";

/**
 * Points this process's AWS clients at the local AWS that was left up.
 * @param file where it is written down. @default where npm start does
 * @throws Error where none is up
 */
export async function useKeptLocalAws(file?: string): Promise<void> {
  const kept = await findKept(file);
  if (!kept) throw new Error("No local AWS is up: npm start -- --keep leaves one up after its run");
  useLocalAws(environmentFor(kept));
}

/** Whether an address of AWS is one of this machine. */
export const pointsAtThisMachine = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(endpoint);
