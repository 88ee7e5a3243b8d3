import type { Timing } from "./timing";

/** Those who take part in each round, by name. */
export type Contestants = Readonly<Record<string, () => Promise<Timing>>>;

/** What each came to in each round. */
export type Turns<Of extends Contestants> = { readonly [Name in keyof Of]: Awaited<ReturnType<Of[Name]>>[] };

export interface Rounds {
  readonly count: number;
  /** Rounds before those that count, for caches to fill. @default 1 */
  readonly warmUp?: number;
  /** Gets a line for each run. */
  readonly say: (line: string) => void;
}

/**
 * Lets several contestants run in turn, round after round; every second round goes backwards, so that nobody always
 * comes first.
 */
export async function takeTurns<Of extends Contestants>(
  contestants: Of,
  { count, warmUp = 1, say }: Rounds,
): Promise<Turns<Of>> {
  const results = new Map<string, Timing[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -warmUp; round < count; round += 1) {
    const forwards = Object.entries(contestants);
    for (const [name, run] of round % 2 === 0 ? forwards : forwards.toReversed()) {
      const result = await run();
      say(
        `  ${round < 0 ? "warm-up" : `round ${round + 1} of ${count}`}, ${name}: ${result.seconds.toFixed(2)} s`,
      );
      if (round >= 0) results.get(name)?.push(result);
    }
  }
  return Object.fromEntries(results) as Turns<Of>;
}
