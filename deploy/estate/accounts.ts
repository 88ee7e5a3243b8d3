import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment, Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { Refusal } from "./refusal";
import { stackFacts } from "./stack-facts";
import { StateObject, type AccountOptions } from "./state-object";

/** Assumes a role of an account. @throws Error saying in one line what the caller lacks */
export type OpenAccount = (environment: Environment, role: string) => Promise<AccountOptions>;

/** The accounts of an estate, each reached with the role that its stacks assume. */
export class Accounts {
  private readonly opened = new Map<string, Promise<AccountOptions>>();

  /** @param role role to assume everywhere instead of the stacks' own */
  constructor(
    private readonly estate: Estate,
    private readonly open: OpenAccount,
    private readonly role?: string,
  ) {}

  /** AWS clients' options for the account of a stack, with the role that Terraform assumes there. */
  of(stack: StackDescription): Promise<AccountOptions> {
    const { environment } = stack;
    const role = this.role ?? stackFacts(this.estate, stack).role;
    const key = `${environment.account} ${role}`;
    const known = this.opened.get(key);
    if (known) return known;
    const opening = this.open(environment, role).then((options) => confirm(environment, role, options));
    this.opened.set(key, opening);
    return opening;
  }

  /** A stack's state and lock. */
  async stateOf(stack: StackDescription): Promise<StateObject> {
    return new StateObject(this.estate, stack, await this.of(stack));
  }

  /** Tries every role that these stacks need. @throws Refusal with all that is lacking */
  async openAll(stacks: readonly StackDescription[]): Promise<void> {
    const results = await Promise.allSettled(stacks.map((stack) => this.of(stack)));
    const reasons = results.flatMap((result) =>
      result.status === "rejected" ? [(result.reason as Error).message] : [],
    );
    if (reasons.length > 0) throw new Refusal("Some accounts are out of reach", [...new Set(reasons)]);
  }
}

async function confirm(
  { name, account }: Environment,
  role: string,
  options: AccountOptions,
): Promise<AccountOptions> {
  const { Account } = await new STSClient(options).send(new GetCallerIdentityCommand());
  if (Account === account) return options;
  throw new Error(
    `The role ${role} of environment ${name} leads to account ${Account ?? "unknown"}, not to ${account}`,
  );
}
