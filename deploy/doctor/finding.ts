/** What was found of one thing that the commands need. */
export interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  /** Version, path or identity; what is wrong where it is not ok. */
  readonly found: string;
  /** What to do about it, where it is not ok. */
  readonly remedy?: string;
}

export const present = (subject: string, found: string): Finding => ({ subject, ok: true, found });

export const missing = (subject: string, found: string, remedy: string): Finding => ({
  subject,
  ok: false,
  found,
  remedy,
});
