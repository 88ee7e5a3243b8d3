import { equals, not, ref, type Parameter, type ParameterGroup, type TemplateRule } from "./cloudformation";
import type { RepositoryName } from "./template";

/** First part of the names of a repository's parameters, as AWS's own templates have them. */
export const prefixes: Readonly<Record<RepositoryName, string>> = {
  build: "ModelBuild",
  deploy: "ModelDeploy",
  preprocess: "ModelPreprocess",
};

/** Parameters, and how a form shows them. */
export interface Form {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly groups: readonly ParameterGroup[];
  readonly rules: Readonly<Record<string, TemplateRule>>;
}

/**
 * What SageMaker fills in for every project.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html
 */
export const projectForm: Form = {
  parameters: {
    SageMakerProjectName: {
      Type: "String",
      Description: "Name of the project",
      AllowedPattern: "^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}$",
      MinLength: 1,
      MaxLength: 32,
      ConstraintDescription:
        "must be 1 to 32 letters, digits and dashes, beginning and ending with a letter or a digit",
    },
    SageMakerProjectId: {
      Type: "String",
      Description: "Id of the project, which SageMaker draws",
      AllowedPattern: "^p-[a-z0-9]{1,18}$",
      MaxLength: 20,
      ConstraintDescription: "must be the id of a project, such as p-abcdefghijkl",
    },
  },
  groups: [],
  rules: {},
};

const branch: Parameter = {
  Type: "String",
  Description: "Branch that is seeded, and that CI builds",
  Default: "main",
  AllowedPattern: "^(?!.*(\\.\\.|//|\\.lock$))[A-Za-z0-9_]([A-Za-z0-9_./-]*[A-Za-z0-9_-])?$",
  MaxLength: 255,
  ConstraintDescription: "must be the name of a branch",
};

/** Repositories of GitHub, which stand already, empty or with a README. */
export const githubForm = (repositories: readonly RepositoryName[]): Form => ({
  parameters: Object.assign({}, ...repositories.map(githubParameters)) as Form["parameters"],
  groups: repositories.map((name) => ({
    label: `${prefixes[name]} code repository`,
    parameters: {
      [`${prefixes[name]}CodeRepositoryURL`]: "URL",
      [`${prefixes[name]}CodeRepositoryBranch`]: "Branch",
      [`${prefixes[name]}CodeRepositoryFullname`]: "Full repository name",
      [`${prefixes[name]}IsSeedCodeRequired`]: "Sample code",
    },
  })),
  rules: ownRepositories(repositories, "CodeRepositoryFullname"),
});

const githubParameters = (name: RepositoryName): Form["parameters"] => ({
  [`${prefixes[name]}CodeRepositoryURL`]: {
    Type: "String",
    Description: "Address of the repository, such as https://github.com/example/models",
    AllowedPattern: "^https://[A-Za-z0-9.-]+/[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$",
    MaxLength: 1024,
    ConstraintDescription: "must be an https address with owner and repository, and no user, port or query",
  },
  [`${prefixes[name]}CodeRepositoryBranch`]: branch,
  [`${prefixes[name]}CodeRepositoryFullname`]: {
    Type: "String",
    Description: "Owner and name of the repository, such as example/models",
    AllowedPattern: "^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$",
    MaxLength: 1024,
    ConstraintDescription: "must be owner and name, such as example/models, without an address",
  },
  [`${prefixes[name]}IsSeedCodeRequired`]: {
    Type: "String",
    Description: "Whether the repository is filled with sample code; else it is left as it is",
    Default: "true",
    AllowedValues: ["true", "false"],
  },
});

const gitlabPath = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

/** Repositories of GitLab, which the project makes. */
export const gitlabForm = (repositories: readonly RepositoryName[]): Form => ({
  parameters: {
    GitLabGroup: {
      Type: "String",
      Description: "Path of the group that gets the repositories, with the groups above it, or of a user",
      AllowedPattern: `^${gitlabPath}(/${gitlabPath})*$`,
      MaxLength: 255,
      ConstraintDescription: "must be the path of a group or a user, such as ml/churn, without an address",
    },
    ...Object.fromEntries(
      repositories.map((name): [string, Parameter] => [
        `${prefixes[name]}CodeRepositoryName`,
        {
          Type: "String",
          Description: "Name of the repository, which must be free in the group",
          AllowedPattern: `^(?!.*\\.(git|atom)$)${gitlabPath}$`,
          MaxLength: 100,
          ConstraintDescription: "must be letters, digits, dots, dashes and underscores, without a group",
        },
      ]),
    ),
  },
  groups: [
    {
      label: "GitLab repositories",
      parameters: {
        GitLabGroup: "Group",
        ...Object.fromEntries(
          repositories.map((name) => [
            `${prefixes[name]}CodeRepositoryName`,
            `${prefixes[name]} repository name`,
          ]),
        ),
      },
    },
  ],
  rules: ownRepositories(repositories, "CodeRepositoryName"),
});

/** No two repositories of a project are one. */
const ownRepositories = (repositories: readonly RepositoryName[], parameter: string): Form["rules"] => ({
  RepositoriesOfTheirOwn: {
    Assertions: repositories.flatMap((one, at) =>
      repositories.slice(at + 1).map((other) => ({
        Assert: not(equals(ref(prefixes[one] + parameter), ref(prefixes[other] + parameter))),
        AssertDescription: `${prefixes[one]} and ${prefixes[other]} must be repositories of their own`,
      })),
    ),
  },
});
