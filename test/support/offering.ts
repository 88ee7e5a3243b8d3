import type { EstateChange } from "./changed-estate";
import { resources, statementsOf, type Synthesised } from "./synth";

/** The stack that offers templates. */
export const id = "prod-project-templates";
export const user = "arn:aws:iam::222222222222:role/service-role/StudioExecution";
export const servers = {
  jenkins: { url: "https://jenkins.example.com", tokenSecret: "ci/jenkins-projects" },
  gitlab: { url: "https://gitlab.example.com", tokenSecret: "ci/gitlab-projects" },
};
/** The tests' estate, where prod offers templates. */
export const offering = (projectTemplates: object, more: object = {}): EstateChange => ({
  files: { "prod.json": { projectTemplates, ...more } },
});
export const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:222222222222:${resource}`;
export const roleArn = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
export const boundary = "arn:aws:iam::222222222222:policy/mlops-prod-project-boundary";

/** Statements of a role's policy by its name. */
export const policyOf = (of: Synthesised, name: string) =>
  statementsOf(resources(of, "aws_iam_role_policy").find((policy) => policy.name === name)?.policy ?? "{}");

/** The template that the catalog gets, as it is after Terraform has read it. */
export const templateIn = (of: Synthesised, name: string) =>
  String(resources(of, "aws_s3_object").find(({ key }) => key === `studio/${name}.json`)?.content).replaceAll(
    "$${",
    "${",
  );
