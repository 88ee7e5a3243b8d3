import type { Estate } from "../config/schema";
import type { AccessMatrix, Cell } from "./matrix";

/** What must hold in every estate, whatever its names and models. */
export interface Rule {
  readonly title: string;
  /** What breaks it, a line each. */
  broken(matrix: AccessMatrix, estate: Estate): readonly string[];
}

export const describe = ({ action, resource, when }: Pick<Cell, "action" | "resource" | "when">): string =>
  `${action} on ${resource}${Object.keys(when).length > 0 ? ` when ${describeContext(when)}` : ""}`;

export const describeContext = (when: Cell["when"]): string =>
  Object.entries(when)
    .map(([key, value]) => `${key}=${[value].flat().join(",")}`)
    .join(" and ");
