import type { Environment } from "../../config/schema";
import { accessAccount, type AccountAccess } from "../../deploy/estate/account-access";
import { accessError } from "./access-error";

type Credentials = AccountAccess["credentials"] & { readonly expiration: Date };

/** Options of AWS clients that work in one account for as long as it takes. */
export interface ClientOptions {
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
  readonly maxAttempts: number;
}

/** AWS lets a role that was assumed from another role live for an hour; clients take new ones 5 minutes before. */
const lifetimeMilliseconds = 55 * 60_000;

const maxAttempts = 5;

/**
 * Assumes a role of an account, and again each time its credentials run out.
 * @throws AccessError saying what the caller lacks
 */
export async function accountClients(environment: Environment, role: string): Promise<ClientOptions> {
  let first: Credentials | undefined = await assume(environment, role);
  const credentials = () => {
    const given = first;
    first = undefined;
    return given ? Promise.resolve(given) : assume(environment, role);
  };
  return { region: environment.region, credentials, maxAttempts };
}

async function assume(environment: Environment, role: string): Promise<Credentials> {
  const expiration = new Date(Date.now() + lifetimeMilliseconds);
  try {
    return { ...(await accessAccount(environment, role)).credentials, expiration };
  } catch (error) {
    throw await accessError(error as Error, environment, role);
  }
}
