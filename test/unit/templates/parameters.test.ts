import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudFormationTemplate } from "../../../templates/cloudformation";
import { repository } from "../../../tools/paths";
import { everyTemplate, templateOf } from "../../support/project-templates";

const [jenkins, batch, gitlab] = [templateOf("jenkins"), templateOf("jenkins-batch"), templateOf("gitlab")];

describe("parameters, as a form shows them", () => {
  const takes = (template: CloudFormationTemplate, parameter: string, value: string): boolean => {
    const { AllowedPattern = "", MaxLength = Infinity } = template.Parameters[parameter] ?? {};
    return value.length <= MaxLength && new RegExp(`^(?:${AllowedPattern})$`).test(value);
  };

  const seeded = (file: string) => readFileSync(join(repository, "templates/shared", file), "utf8");
  const endpoint = JSON.parse(seeded("endpoint/endpoint.json")) as CloudFormationTemplate;
  const [, ofCode = ""] = /"projectName": r"(.+)"/.exec(seeded("python/ci/project.py")) ?? [];

  test.each([
    ["a", true],
    ["9-lives", true],
    ["c".repeat(32), true],
    ["c".repeat(33), false],
    ["churn-", false],
    ["-churn", false],
    ["churn_1", false],
    ["", false],
  ])("a project's name %s, as repositories take it that are seeded: %s", (name, taken) => {
    for (const template of everyTemplate) expect(takes(template, "SageMakerProjectName", name)).toBe(taken);
    expect(takes(endpoint, "ProjectName", name)).toBe(taken);
    expect(new RegExp(`^(?:${ofCode})$`).test(name)).toBe(taken);
  });

  test.each([
    ["p-abcdefghijkl", true],
    ["p-", false],
    ["q-abcdefghijkl", false],
    ["p-ABCDEFGHIJKL", false],
    [`p-${"a".repeat(19)}`, false],
  ])("a project's id %s: %s", (id, taken) => {
    for (const template of everyTemplate) expect(takes(template, "SageMakerProjectId", id)).toBe(taken);
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
    for (const template of everyTemplate) {
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
    for (const { Parameters } of everyTemplate)
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
