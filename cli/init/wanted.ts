/** An account as a flag names it: `NAME=ACCOUNT` or `NAME=ACCOUNT:OTHER`. */
export interface WantedAccount {
  /** The environment's name, which becomes its file's. */
  readonly name: string;
  /** As given; the checker has the last word. */
  readonly account: string;
  /** Another environment: where a workload's models go next, or which workload Jenkins applies. */
  readonly other?: string | undefined;
}

/** What the environment files are to say; whatever is missing is the checker's to find. */
export interface Wanted {
  readonly project: string | undefined;
  readonly owner: string | undefined;
  readonly region: string | undefined;
  readonly adminRole: string | undefined;
  readonly registry: WantedAccount | undefined;
  readonly workloads: readonly WantedAccount[];
  readonly ci: WantedAccount | undefined;
  readonly emails: readonly string[];
  readonly models: readonly string[];
}

/** Reads `NAME=ACCOUNT[:OTHER]`. @returns undefined where the name could not be a file's */
export function readAccount(text: string): WantedAccount | undefined {
  const [, name, account = "", other] = /^([\w-]+)(?:=([^:]*)(?::(.*))?)?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, account, other };
}

/** The workload whose model stacks Jenkins applies: the one named, else the only one that promotes to no other. */
export function appliedByCi({ ci, workloads }: Wanted): string | undefined {
  if (ci === undefined) return undefined;
  const [last, ...others] = workloads.filter(({ other }) => other === undefined);
  return ci.other ?? (others.length === 0 ? last?.name : undefined);
}
