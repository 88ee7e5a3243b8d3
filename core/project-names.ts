import { roleArn, type AccountRegion } from "./arns";
import { resourceName, shortenedName } from "./name-limits";

interface Scope {
  readonly project: string;
  readonly environment: string;
  readonly account: string;
}

/** First part of what an environment's projects have. */
export const projectsPrefix = ({ project, environment }: Omit<Scope, "account">): string =>
  `${project}-${environment}`;

/** Physical names of what offers project templates in an account. */
export type ProjectTemplatesNames = ReturnType<typeof projectTemplatesNames>;

export function projectTemplatesNames({ account, ...scope }: Scope) {
  const prefix = projectsPrefix(scope);
  const projects = `${prefix}-projects`;
  const logs = `/${scope.project}/${scope.environment}`;
  return {
    prefix,
    keyAlias: resourceName("keyAlias", `alias/${projects}`),
    templatesBucket: resourceName("bucket", prefix, "templates", account),
    /** What pipelines and CI of all projects write, each below its own id. */
    projectsBucket: resourceName("bucket", projects, account),
    connection: shortenedName("connection", prefix, [projects]),
    portfolio: `${prefix}-project-templates`,
    launchRole: resourceName("role", prefix, "project-launch"),
    boundary: resourceName("policy", prefix, "project-boundary"),
    usersPolicy: resourceName("policy", prefix, "project-users"),
    seedFunction: resourceName("function", prefix, "seed-repository"),
    seedRole: resourceName("role", prefix, "seed-repository"),
    seedLogGroup: resourceName("logGroup", `${logs}/seed-repository`),
    function: resourceName("function", prefix, "project-release"),
    role: resourceName("role", prefix, "project-release"),
    logGroup: resourceName("logGroup", `${logs}/project-release`),
    claims: resourceName("table", prefix, "project-release"),
    topic: resourceName("topic", projects),
    deadLetterQueue: resourceName("queue", projects, "undelivered-events"),
    deadLetterAlarm: resourceName("alarm", projects, "undelivered-events"),
    newDeadLetterAlarm: resourceName("alarm", projects, "new-undelivered-events"),
  };
}

/**
 * Names of what one project has. An id has at most 20 characters, so that each fits into what AWS takes.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeProject.html
 * @param id of the project, which SageMaker draws: `p-` and twelve letters and digits. A pattern stands for every project's.
 */
export const projectNames = (
  prefix: string,
  { name, id }: { readonly name: string; readonly id: string },
) => ({
  executionRole: `${prefix}-${id}-execution`,
  ciRole: `${prefix}-${id}-ci`,
  modelPackageGroup: `${name}-${id}`,
  releaseRule: `sagemaker-${id}-approved`,
  codeRepository: (repository: string) => `sagemaker-${id}-model${repository}`,
  /** Of the stacks by which a project's CI deploys. */
  stacks: `sagemaker-${name}-${id}-*`,
  /** Folder of a project's jobs in Jenkins. */
  jobs: `${name}-${id}`,
});

/** ARNs of the roles that a project has. */
export function projectRoleArns(
  where: AccountRegion,
  prefix: string,
  of: { readonly name: string; readonly id: string },
): { readonly execution: string; readonly ci: string } {
  const { executionRole, ciRole } = projectNames(prefix, of);
  return { execution: roleArn(where, executionRole), ci: roleArn(where, ciRole) };
}

/** Stands for the id of every project. */
export const everyProject = { name: "*", id: "p-*" } as const;
