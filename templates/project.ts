import { filledIn, formOf, ref, type CloudFormationTemplate, type Resource } from "./cloudformation";
import { projectForm, type Form } from "./parameters";
import { releaseRule } from "./release-rule";
import type { Repositories } from "./repositories";
import { namesOf, roles, tagsOf } from "./roles";
import type { RepositoryName, TemplateParts } from "./template";

/** What a template has of its own. */
export interface TemplateBody {
  readonly description: string;
  readonly names: readonly RepositoryName[];
  readonly form: Form;
  readonly repositories: Repositories;
}

/** A project: its roles, the group of its versions, its repositories, and what releases an approved version. */
export function projectOf(
  parts: TemplateParts,
  { description, names, form, repositories }: TemplateBody,
): CloudFormationTemplate {
  const { conditions } = repositories;
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: description,
    Metadata: formOf(form.groups),
    Parameters: { ...projectForm.parameters, ...form.parameters },
    Rules: form.rules,
    ...(Object.keys(conditions).length > 0 && { Conditions: conditions }),
    Resources: {
      ...roles(parts, names),
      ModelPackageGroup: packageGroup(parts),
      ...repositories.resources,
      ...releaseRule(parts),
    },
    Outputs: {
      ModelPackageGroup: { Description: "Group of the versions", Value: ref("ModelPackageGroup") },
      ExecutionRole: { Description: "Role of jobs and endpoints", Value: arnOf("ExecutionRole") },
      CiRole: { Description: "Role of CI", Value: arnOf("CiRole") },
    },
  };
}

const arnOf = (role: string) => ({ "Fn::GetAtt": [role, "Arn"] });

/** A group that has versions cannot be deleted, and they are what was released: it stays. Where making the project fails, it goes. */
const packageGroup = (parts: TemplateParts): Resource => ({
  Type: "AWS::SageMaker::ModelPackageGroup",
  DeletionPolicy: "RetainExceptOnCreate",
  UpdateReplacePolicy: "Retain",
  Properties: {
    ModelPackageGroupName: filledIn(namesOf(parts).modelPackageGroup),
    ModelPackageGroupDescription: filledIn("Versions of the project ${SageMakerProjectName}"),
    Tags: tagsOf(parts),
  },
});
