import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectTemplatesNames } from "../../../core/project-names";
import { currentVersion, projectTemplates } from "../../../templates";
import type { CloudFormationTemplate } from "../../../templates/cloudformation";
import {
  everyTemplate,
  ofType,
  renderedFiles,
  renderedFolder,
  templateOf,
} from "../../support/project-templates";

const [jenkins, gitlab] = [templateOf("jenkins"), templateOf("gitlab")];

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
  const types = new Set(
    everyTemplate.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)),
  );
  expect([...types].toSorted()).toEqual([
    "AWS::Events::Rule",
    "AWS::IAM::Role",
    "AWS::SageMaker::CodeRepository",
    "AWS::SageMaker::ModelPackageGroup",
    "Custom::SeededRepository",
  ]);
});

describe("what a project has", () => {
  test("defect 13.8: each of its repositories is one that Studio shows", () => {
    expect(
      everyTemplate.map((template) => ofType(template, "AWS::SageMaker::CodeRepository").length),
    ).toEqual([2, 3, 2]);
  });

  test("defect 13.6: its roles are called after it, so that two projects have roles of their own", () => {
    for (const template of everyTemplate)
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
    for (const template of everyTemplate)
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
    for (const template of everyTemplate)
      expect(ofType(template, "AWS::SageMaker::ModelPackageGroup")).toMatchObject([
        { DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" },
      ]);
  });

  test("everything that takes tags says which project it is of", () => {
    for (const template of everyTemplate)
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
