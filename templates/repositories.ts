import { keyAliasArn, regionalArn } from "../core/arns";
import { partitionOf } from "../core/partition";
import { projectRoleArns } from "../core/project-names";
import { seededRepository } from "../core/seeded-repositories";
import { equals, filledIn, iff, join, or, part, ref, type Resource, type Value } from "./cloudformation";
import { prefixes } from "./parameters";
import { gitlabBranch, gitlabRepository, namesOf, project, tagsOf } from "./roles";
import type { RepositoryName, TemplateParts } from "./template";

/** Seconds in which a repository is filled, or it is said why not: a little more than the function has. */
const seedSeconds = 360;

/** What a repository's resources and conditions are. */
export interface Repositories {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly conditions: Readonly<Record<string, Value>>;
}

/** Repositories of GitHub, each shown by the project and filled where that is asked for. */
export function githubRepositories(parts: TemplateParts, names: readonly RepositoryName[]): Repositories {
  const all = names.map((name) => {
    const prefix = prefixes[name];
    const parameter = (what: string): string => `${prefix}CodeRepository${what}`;
    const conditions = {
      [`${prefix}AddressIsOfName`]: addressIsOfName(parameter("URL"), parameter("Fullname")),
      [`${prefix}IsSeeded`]: equals(ref(`${prefix}IsSeedCodeRequired`), "true"),
    };
    const address = iff(
      `${prefix}AddressIsOfName`,
      ref(parameter("URL")),
      filledIn(`not the address of \${${parameter("Fullname")}}: \${${parameter("URL")}}`),
    );
    const resources = {
      [parameter("")]: codeRepository(parts, name, address, ref(parameter("Branch"))),
      [`${prefix}Seed`]: {
        ...seeded(parts, name, {
          host: "github",
          repository: ref(parameter("Fullname")),
          branch: ref(parameter("Branch")),
        }),
        Condition: `${prefix}IsSeeded`,
        DependsOn: [...neededBySeeds, parameter("")],
      },
    };
    return { conditions, resources };
  });
  return {
    conditions: Object.assign({}, ...all.map(({ conditions }) => conditions)) as Repositories["conditions"],
    resources: Object.assign({}, ...all.map(({ resources }) => resources)) as Repositories["resources"],
  };
}

/** Repositories of GitLab, which are made and filled before the project shows them. */
export function gitlabRepositories(parts: TemplateParts, names: readonly RepositoryName[]): Repositories {
  const all = names.map((name) => {
    const prefix = prefixes[name];
    return {
      [`${prefix}Seed`]: {
        ...seeded(parts, name, {
          host: "gitlab",
          repository: filledIn(gitlabRepository(name)),
          branch: gitlabBranch,
        }),
        DependsOn: neededBySeeds,
      },
      [`${prefix}CodeRepository`]: codeRepository(
        parts,
        name,
        { "Fn::GetAtt": [`${prefix}Seed`, "CloneUrl"] },
        gitlabBranch,
      ),
    };
  });
  return { conditions: {}, resources: Object.assign({}, ...all) as Repositories["resources"] };
}

/** CI runs as soon as there is code: what it works as stands before. */
const neededBySeeds = ["CiRole", "ExecutionRole", "ModelPackageGroup"];

/**
 * Rules of CloudFormation cannot put texts together, conditions can: where the two are not of one repository, SageMaker refuses what stands
 * for the address, and says it.
 */
const addressIsOfName = (url: string, fullname: string): Value => {
  const named = join("/", [part(3, "/", ref(url)), part(4, "/", ref(url))]);
  return or(equals(named, ref(fullname)), equals(named, filledIn(`\${${fullname}}.git`)));
};

const codeRepository = (
  parts: TemplateParts,
  name: RepositoryName,
  address: Value,
  branch: Value,
): Resource => ({
  Type: "AWS::SageMaker::CodeRepository",
  Properties: {
    CodeRepositoryName: filledIn(namesOf(parts).codeRepository(name)),
    GitConfig: { RepositoryUrl: address, Branch: branch },
    Tags: tagsOf(parts),
  },
});

interface Place {
  readonly host: "github" | "gitlab";
  readonly repository: Value;
  readonly branch: Value;
}

function seeded(parts: TemplateParts, name: RepositoryName, { host, repository, branch }: Place): Resource {
  const seed = parts.seeds[name];
  if (!seed) throw new Error(`template ${parts.template} has no seed of its repository ${name}`);
  return {
    Type: seededRepository,
    Properties: {
      ServiceToken: parts.seedFunctionArn,
      ServiceTimeout: seedSeconds,
      Host: host,
      Repository: repository,
      Branch: branch,
      Seed: seed.key,
      SeedVersion: seed.versionId,
      Project: { ...projectFile(parts), repository, branch },
      // There is no version yet that could be deployed.
      ...(host === "gitlab" &&
        name === "deploy" && { ProtectedEnvironments: ["production"], SkipCi: "true" }),
      DeleteRepository: "false",
    },
  };
}

/** What a repository is told of its project, as texts: it becomes `project.json` there. */
function projectFile(parts: TemplateParts): Record<string, Value> {
  const { where, prefix, projectsBucket, keyAlias, template, version } = parts;
  const { execution, ci } = projectRoleArns(where, prefix, project);
  return filledIn({
    projectName: project.name,
    projectId: project.id,
    projectArn: regionalArn("sagemaker", where, `project/${project.name}`),
    region: where.region,
    account: where.account,
    partition: partitionOf(where.region).name,
    bucket: projectsBucket,
    prefix: project.id,
    keyArn: keyAliasArn(where, keyAlias),
    executionRoleArn: execution,
    ciRoleArn: ci,
    modelPackageGroup: namesOf(parts).modelPackageGroup,
    template,
    templateVersion: version,
  }) as Record<string, Value>;
}
