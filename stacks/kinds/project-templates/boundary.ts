import type { AccountRegion } from "../../../core/arns";
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
      Action: unique(all.filter(isOfSagemaker).flatMap(({ Action }) => Action.map(shorter))),
      Resource: unique(all.filter(isOfSagemaker).flatMap(({ Resource }) => Resource.map(ofAnyProject))),
    },
    ...others.filter((_, at) => texts.indexOf(texts[at] ?? "") === at),
  ];
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

/** What only reads, by its beginning: a role of a project has each by its name. */
const shorter = (action: string): string => action.replace(/:(Describe|List)\w+$/, ":$1*");

/** All that is called after a project, of one type. The type has its name: in IAM's policies no wildcard stands for it. */
const ofAnyProject = (arn: string): string => arn.replace(/\/\*-p-\*.*$/, `/*-${everyProject.id}`);

const isOfSagemaker = ({ Action }: IdentityStatement): boolean =>
  Action.every((action) => action.startsWith("sagemaker:"));

const withoutId = ({ Effect, Action, Resource, Condition }: IdentityStatement): IdentityStatement => ({
  Effect,
  Action,
  Resource,
  ...(Condition && { Condition }),
});
