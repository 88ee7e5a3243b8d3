import { rules, type AccessMatrix, type Cell } from "../../audit";
import { estateWithRoles } from "./environments";
import { readEstate } from "./estate";

/** The estate that rules of access are tried on, and two of its accounts. */
export const estate = readEstate(estateWithRoles);
export const dev = "111111111111";
export const prod = "222222222222";

/** A cell of the matrix in which nobody may do what it asks. */
export const cell = (given: Partial<Cell>): Cell => ({
  action: "s3:GetObject",
  resource: "arn:aws:s3:::b/any",
  account: dev,
  when: {},
  allowed: [],
  deniedToAdministrator: false,
  ...given,
});

/** What breaks the rule of a title that begins so, in a matrix of these cells alone. */
export function broken(title: string, given: Partial<AccessMatrix>): readonly string[] {
  const rule = rules.find((one) => one.title.startsWith(title));
  if (!rule) throw new Error(`no rule is titled "${title}…"`);
  return rule.broken({ principals: [], cells: [], services: [], ...given }, estate);
}
