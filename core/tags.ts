/** The tags every resource carries, applied once at the provider (`default_tags`). */
export interface TagSource {
  readonly project: string;
  readonly owner: string;
  readonly environment: string;
  readonly stack: string;
  /** Further tags from `environments/shared.json`; they cannot replace the ones above. */
  readonly extra: Readonly<Record<string, string>>;
}

export function defaultTags({ extra, ...source }: TagSource): Record<string, string> {
  return { ...extra, ...source, "managed-by": "terraform" };
}
