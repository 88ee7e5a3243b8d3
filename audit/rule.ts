import type { Estate } from "../config/schema";
import type { AccessMatrix, Cell } from "./matrix";

/** What must hold in every estate, whatever its names and models. */
export interface Rule {
  readonly title: string;
  /** What breaks it, a line each. */
  broken(matrix: AccessMatrix, estate: Estate): readonly string[];
}

/** Cells that a rule is about, in which somebody may do what nobody must. */
export const nobodyMay =
  (
    isAbout: (cell: Cell) => boolean,
    except: (name: string, cell: Cell) => boolean = () => false,
  ): Rule["broken"] =>
  ({ cells }) =>
    cells.filter(isAbout).flatMap((cell) => {
      const may = cell.allowed.filter((name) => !except(name, cell));
      return may.map((name) => `${name}: ${describe(cell)}`);
    });

export const describe = ({ action, resource, when }: Pick<Cell, "action" | "resource" | "when">): string =>
  `${action} on ${resource}${Object.keys(when).length > 0 ? ` when ${describeContext(when)}` : ""}`;

export const describeContext = (when: Cell["when"]): string =>
  Object.entries(when)
    .map(([key, value]) => `${key}=${[value].flat().join(",")}`)
    .join(" and ");

export const isOneOf =
  (...actions: readonly RegExp[]) =>
  ({ action }: Cell): boolean =>
    actions.some((pattern) => pattern.test(action));
