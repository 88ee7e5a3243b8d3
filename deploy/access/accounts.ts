import type { Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { aliasesNeeded, awaitAliases, type Waiting } from "../estate/key-aliases";
import { Refusal } from "../estate/refusal";
import { stackFacts } from "../estate/stack-facts";
import { StateObject } from "../estate/state-object";
import { accessAccount, type AccountAccess, type Caller } from "./account-access";

/** The accounts of an estate, each reached with the role that its stacks assume. */
export class Accounts {
  private readonly opened = new Map<string, Promise<AccountAccess>>();

  /**
   * @param role role to assume everywhere instead of the stacks' own
   * @param caller who assumes them. @default whatever identity the process has
   */
  constructor(
    readonly estate: Estate,
    private readonly role?: string,
    private readonly caller?: Caller,
  ) {}

  /** The account of a stack, with the role that Terraform assumes there. @throws AccessError */
  of(stack: StackDescription): Promise<AccountAccess> {
    const { environment } = stack;
    const role = this.roleOf(stack);
    const key = `${environment.account} ${role}`;
    const known = this.opened.get(key);
    if (known) return known;
    const opening = accessAccount(environment, role, this.caller);
    this.opened.set(key, opening);
    return opening;
  }

  /** The role that is assumed for a stack. */
  roleOf(stack: StackDescription): string {
    return this.role ?? stackFacts(this.estate, stack).role;
  }

  /** Waits until the role of a stack may use its keys, where AWS needs time for that. */
  async awaitKeys(stack: StackDescription, waiting: Waiting): Promise<void> {
    const aliases = this.role === undefined ? aliasesNeeded(this.estate, stack) : [];
    if (aliases.length > 0) await awaitAliases(await this.of(stack), aliases, waiting);
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
