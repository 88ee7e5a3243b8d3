import type { Quota, QuotaRequest } from "./service-quotas";

/** What was found of one thing that the commands need. */
export interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  /** Version, path or identity; what is wrong where it is not ok. */
  readonly found: string;
  /** What to do about it, where it is not ok. */
  readonly remedy?: string;
  /** For programs, of a quota: its name, code and value, how many are wanted, and the request for more. */
  readonly quota?: QuotaFigures;
}

export interface QuotaFigures extends Partial<Quota> {
  readonly name: string;
  readonly wanted: number;
  readonly request?: QuotaRequest;
}

export const present = (subject: string, found: string): Finding => ({ subject, ok: true, found });

export const missing = (subject: string, found: string, remedy: string): Finding => ({
  subject,
  ok: false,
  found,
  remedy,
});

export const oneLine = (error: unknown): string => (error as Error).message.trim().replace(/\s+/g, " ");
