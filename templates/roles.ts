import { rolesOfAccount, serviceTrust, tokenTrust, type PolicyStatement } from "../core/policy";
import { projectNames } from "../core/project-names";
import { ciStatements } from "./ci-statements";
import { filledIn, type Resource, type Value } from "./cloudformation";
import { prefixes } from "./parameters";
import { executionStatements, idTag, type ProjectScope } from "./statements";
import type { RepositoryName, TemplateParts } from "./template";

/** The project that a template is filled in for, by its parameters. */
export const project = { name: "${SageMakerProjectName}", id: "${SageMakerProjectId}" } as const;

/** Of everything that a project has. */
export const tagsOf = ({ tags }: Pick<TemplateParts, "tags">): Value =>
  Object.entries({
    ...tags,
    "managed-by": "cloudformation",
    "sagemaker:project-name": project.name,
    [idTag]: project.id,
  }).map(([Key, Value]) => ({ Key, Value: filledIn(Value) }));

export const namesOf = ({ prefix }: Pick<TemplateParts, "prefix">) => projectNames(prefix, project);

/** The two roles of a project: of its jobs and endpoints, and of its CI. Neither may do more than the boundary lets any project do. */
export function roles(
  parts: TemplateParts,
  repositories: readonly RepositoryName[],
): Record<string, Resource> {
  const names = namesOf(parts);
  const scope: ProjectScope = { ...parts, ...project };
  return {
    ExecutionRole: role(parts, {
      name: names.executionRole,
      description: "Pipelines, jobs, models and endpoints of a SageMaker project",
      trust: [serviceTrust(["sagemaker.amazonaws.com"], parts.where.account)],
      statements: executionStatements(scope),
    }),
    CiRole: role(parts, {
      name: names.ciRole,
      description: "CI of a SageMaker project",
      trust: ciTrust(parts, repositories),
      statements: ciStatements(scope),
    }),
  };
}

interface RoleOf {
  readonly name: string;
  readonly description: string;
  readonly trust: readonly PolicyStatement[];
  readonly statements: readonly PolicyStatement[];
}

const role = (parts: TemplateParts, { name, description, trust, statements }: RoleOf): Resource => ({
  Type: "AWS::IAM::Role",
  Properties: {
    RoleName: filledIn(name),
    Description: description,
    AssumeRolePolicyDocument: document(trust),
    PermissionsBoundary: parts.boundaryArn,
    Policies: [{ PolicyName: "project", PolicyDocument: document(statements) }],
    Tags: tagsOf(parts),
  },
});

const document = (statements: readonly PolicyStatement[]): Value => ({
  Version: "2012-10-17",
  Statement: filledIn(statements),
});

/** The Jenkins server, or tokens of the jobs of the project's own repositories: each compared as a whole. */
function ciTrust(
  { where, jenkinsServerArn, gitlabUrl }: TemplateParts,
  repositories: readonly RepositoryName[],
): PolicyStatement[] {
  if (gitlabUrl !== undefined) {
    const subjects = repositories.map(
      (name) => `project_path:${gitlabRepository(name)}:ref_type:branch:ref:${gitlabBranch}`,
    );
    return [tokenTrust(where, { issuer: gitlabUrl, audience: gitlabUrl, subjects })];
  }
  if (jenkinsServerArn === undefined) throw new Error("nothing says who is CI of a project");
  const [, , , , account = ""] = jenkinsServerArn.split(":");
  return [
    {
      Effect: "Allow",
      ...rolesOfAccount({ account, region: where.region }, [jenkinsServerArn]),
      Action: ["sts:AssumeRole"],
    },
  ];
}

/** Path of a repository that a project makes. */
export const gitlabRepository = (name: RepositoryName): string =>
  `\${GitLabGroup}/\${${prefixes[name]}CodeRepositoryName}`;

export const gitlabBranch = "main";
