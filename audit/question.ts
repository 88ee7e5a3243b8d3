/** Condition keys of a request. Keys that say who asks are not among them. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One thing that somebody might do. */
export interface Question {
  readonly action: string;
  /** ARN; `*` for what acts on no one resource. */
  readonly resource: string;
  /** Account of the resource. */
  readonly account: string;
  readonly when: RequestContext;
}

/** Questions that ask the same are one. */
export const sameQuestion = ({ action, resource, account, when }: Question): string =>
  JSON.stringify([account, resource, action, Object.entries(when).toSorted()]);
