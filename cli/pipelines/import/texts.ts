import type { Path } from "../../../config/problems";

/** A text within a value, and where it is. */
export interface FoundText {
  readonly path: Path;
  readonly text: string;
}

/** Every text within a value, at any depth; keys are none. */
export function textsIn(value: unknown, path: Path = []): FoundText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, at) => textsIn(each, [...path, at]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, [...path, key]));
}

/** The last key of a path that is no index. */
export const keyOf = (path: Path): string => path.findLast((step) => typeof step === "string") ?? "";

/** A step wherever it stands, and where that is. */
export interface PlacedStep {
  readonly path: Path;
  readonly step: Readonly<Record<string, unknown>>;
}

/** Everything that stands as a step in a list of them, those within conditions included. */
export const stepsAt = (steps: unknown, path: Path): PlacedStep[] =>
  (Array.isArray(steps) ? (steps as readonly unknown[]) : []).flatMap((each, at) => {
    const step = (typeof each === "object" && each !== null ? each : {}) as PlacedStep["step"];
    const here = [...path, at];
    if (step.Type !== "Condition") return [{ path: here, step }];
    const branches = (step.Arguments ?? {}) as Readonly<Record<string, unknown>>;
    const within = ["IfSteps", "ElseSteps"].flatMap((branch) =>
      stepsAt(branches[branch], [...here, "Arguments", branch]),
    );
    return [{ path: here, step }, ...within];
  });
