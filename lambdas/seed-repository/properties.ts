/** What a template asks for, of the properties of `Custom::SeededRepository`. */
export interface SeedRequest {
  readonly host: "github" | "gitlab";
  /** `owner/name`; of GitLab also `group/subgroup/name`, or `name` of the token's own user. */
  readonly repository: string;
  readonly branch: string;
  /** The archive's key, and its version in S3. */
  readonly seed: { readonly key: string; readonly version: string };
  /** Values of `project.json`. */
  readonly project: Readonly<Record<string, string>>;
  readonly skipCi: boolean;
  readonly gitlab: GitlabWishes;
}

/** What a project on GitLab has beside its content. */
export interface GitlabWishes {
  readonly variables: Readonly<Record<string, string>>;
  readonly protectedEnvironments: readonly string[];
  readonly schedule?: { readonly cron: string; readonly description: string };
}

export type Properties = Readonly<Record<string, unknown>>;

/** Of these, `ServiceToken` and `ServiceTimeout` are CloudFormation's own. */
const known = [
  ...["ServiceToken", "ServiceTimeout", "Host", "Repository", "Branch", "Seed", "SeedVersion", "Project"],
  ...["SkipCi", "Variables", "ProtectedEnvironments", "Schedule", "DeleteRepository"],
];

const namePart = String.raw`(?!\.)[\w.-]+(?<!\.git)(?<!\.atom)`;
const repositories = {
  github: new RegExp(`^${namePart}/${namePart}$`),
  gitlab: new RegExp(`^${namePart}(?:/${namePart})*$`),
};
/** Of what Git allows, names that need no quoting. https://git-scm.com/docs/git-check-ref-format */
const branches = /^(?!.*(?:\.\.|\/\/|\.lock$|[./]$|\/\.))[A-Za-z0-9_][\w./-]*$/;

/** Reads properties, all of which CloudFormation gives as strings. @throws Error that says everything that is wrong with them */
export function seedRequestOf(properties: Properties): SeedRequest {
  const problems: string[] = [];
  const text = (name: string, pattern: RegExp, rule: string, fallback?: string): string => {
    const value = properties[name] ?? fallback;
    if (typeof value === "string" && pattern.test(value)) return value;
    problems.push(`${name} must be ${rule}, got: ${shown(value)}`);
    return "";
  };
  for (const name of Object.keys(properties).filter((each) => !known.includes(each)))
    problems.push(`${name} is no property of it`);
  const host = text("Host", /^(?:github|gitlab)$/, "github or gitlab") === "gitlab" ? "gitlab" : "github";
  const removes = text("DeleteRepository", /^(?:true|false)$/, "true or false", "false") === "true";
  if (removes && host === "github") problems.push("DeleteRepository must be false for github, got: true");
  const project = mapOf(properties, "Project", problems);
  for (const name of ["projectName", "account", "region"].filter((each) => !project[each]))
    problems.push(`Project must have ${name}`);
  const request: SeedRequest = {
    host,
    repository: text("Repository", repositories[host], `a name of ${host}`),
    branch: text("Branch", branches, "the name of a branch", "main"),
    seed: { key: text("Seed", /./, "a key"), version: text("SeedVersion", /./, "a version of it in S3") },
    project,
    skipCi: text("SkipCi", /^(?:true|false)$/, "true or false", "false") === "true",
    gitlab: wishesOf(properties, problems),
  };
  if (problems.length > 0) throw new Error(problems.join("; "));
  return request;
}

function wishesOf(properties: Properties, problems: string[]): GitlabWishes {
  const { ProtectedEnvironments: environments = [], Schedule: schedule } = properties;
  if (!Array.isArray(environments) || !environments.every((each) => typeof each === "string"))
    problems.push(`ProtectedEnvironments must be a list of names, got: ${shown(environments)}`);
  const { Cron: cron, Description: description } = (schedule ?? {}) as Properties;
  const isSchedule = typeof cron === "string" && typeof description === "string";
  if (schedule !== undefined && !isSchedule)
    problems.push(`Schedule must have Cron and Description, got: ${shown(schedule)}`);
  const variables = mapOf(properties, "Variables", problems);
  for (const name of Object.keys(variables).filter((each) => !/^\w{1,255}$/.test(each)))
    problems.push(`Variables must have names of letters, digits and _, got: ${name}`);
  return {
    variables,
    protectedEnvironments: environments as readonly string[],
    ...(isSchedule && { schedule: { cron, description } }),
  };
}

function mapOf(properties: Properties, name: string, problems: string[]): Readonly<Record<string, string>> {
  const value = properties[name] ?? {};
  const isMap = typeof value === "object" && !Array.isArray(value);
  if (isMap && Object.values(value).every((each) => typeof each === "string"))
    return value as Readonly<Record<string, string>>;
  problems.push(`${name} must be a map of strings, got: ${shown(value)}`);
  return {};
}

const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
