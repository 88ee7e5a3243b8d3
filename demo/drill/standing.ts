/** When that stands which the drill works with. Each throws what its apply failed of. */
export interface Standing {
  /** All stacks of one environment. */
  readonly in: (environment: string) => Promise<unknown>;
  /** All stacks, with nothing pending in those that came first. */
  readonly everywhere: () => Promise<unknown>;
}

const now = (): Promise<void> => Promise.resolve();

/** Of an estate that is applied. */
export const standsAlready: Standing = { in: now, everywhere: now };
