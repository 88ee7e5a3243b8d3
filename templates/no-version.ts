import type { CloudFormationTemplate } from "./cloudformation";

/**
 * What a product of the catalog is made with: Terraform makes the product anew where that changes, so it is no version, and refuses to be
 * taken for one (ADR 81). The versions stand beside it.
 */
export const noVersion: CloudFormationTemplate = {
  AWSTemplateFormatVersion: "2010-09-09",
  Description: "Not a version of this template: choose another",
  Metadata: {},
  Parameters: {
    SageMakerProjectName: { Type: "String", Description: "Name of the project" },
    SageMakerProjectId: { Type: "String", Description: "Id of the project" },
  },
  Rules: {
    NotAVersion: {
      Assertions: [
        {
          Assert: { "Fn::Equals": [{ Ref: "SageMakerProjectName" }, ""] },
          AssertDescription: "This is not a version of the template: choose another",
        },
      ],
    },
  },
  Resources: {
    ModelPackageGroup: {
      Type: "AWS::SageMaker::ModelPackageGroup",
      Properties: { ModelPackageGroupName: { "Fn::Sub": "${SageMakerProjectName}-${SageMakerProjectId}" } },
    },
  },
};
