import type { AccountRegion } from "../../../core/arns";
import type { IdentityStatement } from "../../../core/policy";
import { everyProject, type ProjectTemplatesNames } from "../../../core/project-names";
import { ciStatements } from "../../../templates/ci-statements";
import { executionStatements } from "../../../templates/statements";

/**
 * The most that roles of projects may do: what those of any project do, whichever that is. Statements that both roles have are said once.
 */
export function boundaryStatements(where: AccountRegion, names: ProjectTemplatesNames): IdentityStatement[] {
  const scope = { ...everyProject, where, prefix: names.prefix, keyAlias: names.keyAlias };
  const all = [executionStatements, ciStatements].flatMap((statementsOf) =>
    statementsOf({ ...scope, projectsBucket: names.projectsBucket }).map(withoutId),
  );
  const texts = all.map((statement) => JSON.stringify(statement));
  return all.filter((_, at) => texts.indexOf(texts[at] ?? "") === at);
}

const withoutId = ({ Effect, Action, Resource, Condition }: IdentityStatement): IdentityStatement => ({
  Effect,
  Action,
  Resource,
  ...(Condition && { Condition }),
});
