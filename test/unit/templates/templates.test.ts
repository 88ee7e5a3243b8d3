import { readFileSync } from "node:fs";
import { join } from "node:path";
import { matches } from "../../../audit/wildcards";
import { projectTemplatesNames } from "../../../core/project-names";
import { boundaryStatements } from "../../../stacks/kinds/project-templates/boundary";
import { currentVersion, projectTemplates } from "../../../templates";
import type { CloudFormationTemplate } from "../../../templates/cloudformation";
import { renderedFiles, renderedFolder, renderedTemplates } from "../../support/project-templates";

const rendered: Readonly<Record<string, CloudFormationTemplate>> = renderedTemplates();
const templateOf = (name: string): CloudFormationTemplate => {
  const template = rendered[`${name}-1`];
  if (!template) throw new Error(`no template is named ${name}`);
  return template;
};
const [jenkins, batch, gitlab] = ["jenkins", "jenkins-batch", "gitlab"].map(templateOf) as [
  CloudFormationTemplate,
  CloudFormationTemplate,
  CloudFormationTemplate,
];
const all = [jenkins, batch, gitlab];
const ofType = ({ Resources }: CloudFormationTemplate, type: string) =>
  Object.entries(Resources).flatMap(([id, resource]) =>
    resource.Type === type ? [{ id, ...resource }] : [],
  );

test("a version stays what it is; a change is another version (to write these anew: node --require ./tools/compile/register.js test/support/project-templates.ts)", () => {
  for (const [name, content] of Object.entries(renderedFiles()))
    expect(JSON.parse(readFileSync(join(renderedFolder, name), "utf8"))).toEqual(content);
});

test("versions are named once, and each template has one that people get who name none", () => {
  for (const template of projectTemplates) {
    const names = template.versions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(currentVersion(template).name);
  }
});

test("nothing is in a template but what projects need", () => {
  const types = new Set(all.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
  expect([...types].toSorted()).toEqual([
    "AWS::Events::Rule",
    "AWS::IAM::Role",
    "AWS::SageMaker::CodeRepository",
    "AWS::SageMaker::ModelPackageGroup",
    "Custom::SeededRepository",
  ]);
});

describe("parameters, as a form shows them", () => {
  const takes = (template: CloudFormationTemplate, parameter: string, value: string): boolean => {
    const { AllowedPattern = "", MaxLength = Infinity } = template.Parameters[parameter] ?? {};
    return value.length <= MaxLength && new RegExp(`^(?:${AllowedPattern})$`).test(value);
  };

  test.each([
    ["a", true],
    ["9-lives", true],
    ["c".repeat(32), true],
    ["c".repeat(33), false],
    ["churn-", false],
    ["-churn", false],
    ["churn_1", false],
    ["", false],
  ])("a project's name %s: %s", (name, taken) => {
    for (const template of all) expect(takes(template, "SageMakerProjectName", name)).toBe(taken);
  });

  test.each([
    ["p-abcdefghijkl", true],
    ["p-", false],
    ["q-abcdefghijkl", false],
    ["p-ABCDEFGHIJKL", false],
    [`p-${"a".repeat(19)}`, false],
  ])("a project's id %s: %s", (id, taken) => {
    for (const template of all) expect(takes(template, "SageMakerProjectId", id)).toBe(taken);
  });

  test.each([
    ["https://github.com/example/models", true],
    ["https://github.com/example/models.git", true],
    ["http://github.com/example/models", false],
    ["https://token@github.com/example/models", false],
    ["https://github.com/example/models?ref=main", false],
    ["https://github.com/example", false],
    ["https://github.com/example/models/tree", false],
    ["git@github.com:example/models.git", false],
  ])("an address %s: %s", (address, taken) => {
    expect(takes(jenkins, "ModelBuildCodeRepositoryURL", address)).toBe(taken);
  });

  test.each([
    ["main", true],
    ["feature/one", true],
    ["m", true],
    ["a..b", false],
    ["a//b", false],
    ["main.lock", false],
    ["/main", false],
    ["main/", false],
    ["ma in", false],
  ])("a branch %s: %s", (branch, taken) => {
    expect(takes(jenkins, "ModelDeployCodeRepositoryBranch", branch)).toBe(taken);
  });

  test.each([
    ["GitLabGroup", "ml/churn", true],
    ["GitLabGroup", "", false],
    ["GitLabGroup", "ml//churn", false],
    ["GitLabGroup", "https://gitlab.example.com/ml", false],
    ["ModelBuildCodeRepositoryName", "churn-build", true],
    ["ModelBuildCodeRepositoryName", "ml/churn-build", false],
    ["ModelBuildCodeRepositoryName", "churn.git", false],
  ])("%s %s: %s", (parameter, value, taken) => {
    expect(takes(gitlab, parameter, value)).toBe(taken);
  });

  test("all but what SageMaker fills in stand in a group, with a label", () => {
    for (const template of all) {
      const { ParameterGroups: groups, ParameterLabels: labels } = template.Metadata[
        "AWS::CloudFormation::Interface"
      ] as unknown as {
        readonly ParameterGroups: readonly { readonly Parameters: readonly string[] }[];
        readonly ParameterLabels: object;
      };
      const grouped = groups.flatMap(({ Parameters }) => Parameters);
      const filledIn = ["SageMakerProjectName", "SageMakerProjectId"];
      expect(grouped.toSorted()).toEqual(
        Object.keys(template.Parameters)
          .filter((name) => !filledIn.includes(name))
          .toSorted(),
      );
      expect(Object.keys(labels).toSorted()).toEqual(grouped.toSorted());
    }
  });

  test("nobody is asked for a connection, a server or a secret: those are the environment's", () => {
    for (const { Parameters } of all)
      expect(Object.keys(Parameters).join()).not.toMatch(/Connection|Server|Secret|Token/);
  });

  test("repositories of a project are not one another", () => {
    expect(batch.Rules.RepositoriesOfTheirOwn?.Assertions).toHaveLength(3);
    expect(jenkins.Rules.RepositoriesOfTheirOwn?.Assertions[0]?.Assert).toEqual({
      "Fn::Not": [
        {
          "Fn::Equals": [
            { Ref: "ModelBuildCodeRepositoryFullname" },
            { Ref: "ModelDeployCodeRepositoryFullname" },
          ],
        },
      ],
    });
  });
});

describe("what a project has", () => {
  test("defect 13.8: each of its repositories is one that Studio shows", () => {
    expect(all.map((template) => ofType(template, "AWS::SageMaker::CodeRepository").length)).toEqual([
      2, 3, 2,
    ]);
  });

  test("defect 13.6: its roles are called after it, so that two projects have roles of their own", () => {
    for (const template of all)
      expect(ofType(template, "AWS::IAM::Role").map(({ Properties }) => Properties.RoleName)).toEqual([
        { "Fn::Sub": "mlops-dev-${SageMakerProjectId}-execution" },
        { "Fn::Sub": "mlops-dev-${SageMakerProjectId}-ci" },
      ]);
  });

  test("names fit into what IAM takes, whatever the project is called", () => {
    const { prefix } = projectTemplatesNames({
      project: "p".repeat(16),
      environment: "e".repeat(16),
      account: "111111111111",
    });
    expect(`${prefix}-p-${"a".repeat(18)}-execution`).toHaveLength(64);
  });

  test("defect 13.1, 13.2: a repository that nobody answers for ends the stack in minutes, not in an hour", () => {
    for (const template of all)
      for (const { Properties } of ofType(template, "Custom::SeededRepository"))
        expect(Properties.ServiceTimeout).toBe(360);
  });

  test("defect 13.3: seeds are the environment's own, by the version of the object", () => {
    const [build] = ofType(jenkins, "Custom::SeededRepository");
    expect(build?.Properties).toMatchObject({
      Seed: "seeds/jenkins/1/build.tar.gz",
      SeedVersion: "version-of-build",
      DeleteRepository: "false",
    });
  });

  test("a seed is for who asks for it; of GitLab always, for the project makes the repository", () => {
    expect(ofType(jenkins, "Custom::SeededRepository").map(({ Condition }) => Condition)).toEqual([
      "ModelBuildIsSeeded",
      "ModelDeployIsSeeded",
    ]);
    expect(ofType(gitlab, "Custom::SeededRepository").map(({ Condition }) => Condition)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("a foreign address is refused by SageMaker before anything is seeded, and is what it says", () => {
    expect(jenkins.Resources.ModelBuildCodeRepository?.Properties.GitConfig).toMatchObject({
      RepositoryUrl: {
        "Fn::If": [
          "ModelBuildAddressIsOfName",
          { Ref: "ModelBuildCodeRepositoryURL" },
          {
            "Fn::Sub":
              "not the address of ${ModelBuildCodeRepositoryFullname}: ${ModelBuildCodeRepositoryURL}",
          },
        ],
      },
    });
    expect(jenkins.Resources.ModelBuildSeed?.DependsOn).toContain("ModelBuildCodeRepository");
  });

  test("what was released stays where a project is deleted, and goes where making it failed", () => {
    for (const template of all)
      expect(ofType(template, "AWS::SageMaker::ModelPackageGroup")).toMatchObject([
        { DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" },
      ]);
  });

  test("everything that takes tags says which project it is of", () => {
    for (const template of all)
      for (const { Type, Properties } of Object.values(template.Resources))
        if (!Type.startsWith("Custom::"))
          expect(Properties.Tags).toEqual(
            expect.arrayContaining([
              { Key: "sagemaker:project-id", Value: { "Fn::Sub": "${SageMakerProjectId}" } },
              { Key: "owner", Value: "ml-platform" },
            ]),
          );
  });

  test("defect 14.3, 18.1: approval, and no other change, tells which project's job or pipeline is meant", () => {
    const rule = (template: CloudFormationTemplate) => ofType(template, "AWS::Events::Rule")[0]?.Properties;
    expect(rule(jenkins)).toMatchObject({
      EventPattern: {
        detail: {
          ModelPackageGroupName: [{ "Fn::Sub": "${SageMakerProjectName}-${SageMakerProjectId}" }],
          ModelApprovalStatus: ["Approved"],
        },
      },
      Targets: [
        {
          InputTransformer: {
            InputTemplate: {
              "Fn::Sub":
                '{"detail":<detail>,"release":{"jenkins":{"job":"${SageMakerProjectName}-${SageMakerProjectId}/deploy"}}}',
            },
          },
        },
      ],
    });
    expect(JSON.stringify(rule(gitlab))).toContain("${GitLabGroup}/${ModelDeployCodeRepositoryName}");
  });
});

interface Policy {
  readonly Statement: readonly {
    readonly Action: readonly string[];
    readonly Resource: readonly (string | { readonly "Fn::Sub": string })[];
    readonly Condition?: object;
  }[];
}

describe("roles of a project", () => {
  const roles = (template: CloudFormationTemplate) =>
    ofType(template, "AWS::IAM::Role").map(({ Properties }) => ({
      boundary: Properties.PermissionsBoundary,
      trust: Properties.AssumeRolePolicyDocument,
      policy: (Properties.Policies as unknown as readonly { readonly PolicyDocument: Policy }[])[0]
        ?.PolicyDocument,
    }));

  test("are bounded, and may do nothing that the boundary does not let any project do", () => {
    const names = projectTemplatesNames({ project: "mlops", environment: "dev", account: "111111111111" });
    const boundary = boundaryStatements({ account: "111111111111", region: "us-east-1" }, names);
    const isWithin = (action: string, resource: string): boolean =>
      boundary.some(
        (statement) =>
          statement.Action.includes(action) && statement.Resource.some((one) => matches(one, resource)),
      );
    for (const role of all.flatMap(roles)) {
      expect(role.boundary).toBe("arn:aws:iam::111111111111:policy/mlops-dev-project-boundary");
      const outside = (role.policy?.Statement ?? []).flatMap(({ Action, Resource }) =>
        Action.flatMap((action) =>
          Resource.map((one) => (typeof one === "string" ? one : one["Fn::Sub"]))
            .map((one) => one.replace("${SageMakerProjectId}", "p-abcdefghijkl"))
            .filter((one) => !isWithin(action, one))
            .map((one) => `${action} on ${one}`),
        ),
      );
      expect(outside).toEqual([]);
    }
  });

  test("write below their project's id, and pass its execution role to SageMaker alone", () => {
    for (const { policy } of all.flatMap(roles)) {
      const statements = policy?.Statement ?? [];
      const objects = statements.find(({ Action }) => Action.includes("s3:PutObject"));
      expect(objects?.Resource).toEqual([
        { "Fn::Sub": "arn:aws:s3:::mlops-dev-projects-111111111111/${SageMakerProjectId}/*" },
      ]);
      expect(statements.filter(({ Action }) => Action.includes("iam:PassRole"))).toEqual([
        expect.objectContaining({
          Resource: [
            { "Fn::Sub": "arn:aws:iam::111111111111:role/mlops-dev-${SageMakerProjectId}-execution" },
          ],
          Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
        }),
      ]);
      const wide = statements.flatMap(({ Action }) => Action).filter((action) => action.endsWith(":*"));
      expect(wide).toEqual([]);
    }
  });

  test("defect 13.5: what acts on everything only looks, measures, or makes what is tagged", () => {
    const onEverything = all
      .flatMap(roles)
      .flatMap(({ policy }) => policy?.Statement ?? [])
      .filter(({ Resource }) => Resource.includes("*"))
      .flatMap(({ Action, Condition }) => Action.map((action) => `${action} ${JSON.stringify(Condition)}`));
    expect([...new Set(onEverything)].toSorted()).toEqual([
      'cloudwatch:PutMetricData {"StringLike":{"cloudwatch:namespace":"/aws/sagemaker/*"}}',
      "ecr:GetAuthorizationToken undefined",
      'kms:CreateKey {"StringEquals":{"aws:RequestTag/sagemaker:project-id":{"Fn::Sub":"${SageMakerProjectId}"}}}',
      "kms:ListAliases undefined",
      'kms:TagResource {"StringEquals":{"aws:RequestTag/sagemaker:project-id":{"Fn::Sub":"${SageMakerProjectId}"}}}',
    ]);
  });

  test("defect 18.5: CI is the Jenkins server's role, or tokens of both repositories' own branch, and has no key", () => {
    expect(roles(jenkins)[1]?.trust).toMatchObject({
      Statement: [
        {
          Principal: { AWS: ["arn:aws:iam::444444444444:root"] },
          Condition: {
            ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::444444444444:role/jenkins-server-role"] },
          },
        },
      ],
    });
    const subject = (repository: string) => ({
      "Fn::Sub": `project_path:\${GitLabGroup}/\${${repository}CodeRepositoryName}:ref_type:branch:ref:main`,
    });
    expect(roles(gitlab)[1]?.trust).toMatchObject({
      Statement: [
        {
          Action: ["sts:AssumeRoleWithWebIdentity"],
          Principal: { Federated: ["arn:aws:iam::111111111111:oidc-provider/gitlab.example.com"] },
          Condition: {
            StringEquals: {
              "gitlab.example.com:aud": ["https://gitlab.example.com"],
              "gitlab.example.com:sub": [subject("ModelBuild"), subject("ModelDeploy")],
            },
          },
        },
      ],
    });
  });
});
