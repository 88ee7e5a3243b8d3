import { regionalArn, type AccountRegion } from "../../../core/arns";
import type { IdentityStatement } from "../../../core/policy";
import { everyProject, type ProjectTemplatesNames } from "../../../core/project-names";
import { ciStatements } from "../../../templates/ci-statements";
import { executionStatements } from "../../../templates/statements";

/**
 * The most that roles of projects may do: what those of any project do, whichever that is. A managed policy has room for 6,144 characters, so
 * that what both roles have is said once, and what they do with SageMaker for all that is called after a project, or by a pipeline.
 */
export function boundaryStatements(
  where: AccountRegion,
  { prefix, keyAlias, projectsBucket }: ProjectTemplatesNames,
): IdentityStatement[] {
  const scope = { ...everyProject, where, prefix, keyAlias, projectsBucket };
  const all = [...executionStatements(scope), ...ciStatements(scope)];
  const others = all.filter((statement) => !isOfSagemaker(statement)).map(withoutId);
  const texts = others.map((statement) => JSON.stringify(statement));
  return [
    {
      Effect: "Allow",
      Action: [...new Set(all.filter(isOfSagemaker).flatMap(({ Action }) => Action))].toSorted(),
      Resource: [`*/*-${everyProject.id}`, "*/pipelines-*"].map((name) =>
        regionalArn("sagemaker", where, name),
      ),
    },
    ...others.filter((_, at) => texts.indexOf(texts[at] ?? "") === at),
  ];
}

const isOfSagemaker = ({ Action }: IdentityStatement): boolean =>
  Action.every((action) => action.startsWith("sagemaker:"));

const withoutId = ({ Effect, Action, Resource, Condition }: IdentityStatement): IdentityStatement => ({
  Effect,
  Action,
  Resource,
  ...(Condition && { Condition }),
});
