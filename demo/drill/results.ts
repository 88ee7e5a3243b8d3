import type { DrillReport } from "../report/types";

/** What is still being found. */
export type Mutable<Type> = {
  -readonly [Key in keyof Type]: Type[Key] extends readonly (infer Item)[] ? Item[] : Type[Key];
};

/** What the drill has found so far; whatever comes of it, this is what its report tells. */
export type DrillResults = Mutable<
  Pick<
    DrillReport,
    "executions" | "versions" | "drift" | "alerts" | "releases" | "workflows" | "groundTruths" | "projects"
  >
>;

export const noResults = (): DrillResults => ({
  executions: [],
  versions: [],
  drift: [],
  alerts: [],
  releases: [],
  workflows: [],
  groundTruths: [],
  projects: [],
});
