import { join } from "node:path";
import type { Tools } from "../tools/setup/tools";
import { cache } from "../tools/paths";
import type { LocalEstates } from "./estates/local-estates";
import type { Row } from "./row";

/** What every measure works with. */
export interface Bench {
  /** Less of everything: fewer rounds and stacks. */
  readonly quick: boolean;
  /** Another checkout, set up, to measure beside this one. */
  readonly against: string | undefined;
  readonly tools: Tools;
  readonly estates: LocalEstates;
  /** Gets progress. */
  readonly say: (line: string) => void;
}

/** Takes figures side by side. */
export type Measure = (bench: Bench) => Promise<Row[]>;

/** Everything that a run makes. */
export const benchFolder = join(cache, "bench");
