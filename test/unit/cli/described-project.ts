import type { DescribeProjectOutput } from "@aws-sdk/client-sagemaker";

/** Its stack. */
export const stack = "arn:aws:cloudformation:us-east-1:111111111111:stack/SP-churn-p-abcdefghijkl/1";
/** A project as SageMaker describes it, of a template in S3. */
export const project: DescribeProjectOutput = {
  ProjectName: "churn",
  ProjectId: "p-abcdefghijkl",
  ProjectArn: "arn:aws:sagemaker:us-east-1:111111111111:project/churn",
  ProjectStatus: "CreateCompleted",
  CreationTime: new Date(0),
  TemplateProviderDetails: [
    {
      CfnTemplateProviderDetail: {
        TemplateName: "jenkins",
        TemplateURL: "https://templates.s3.us-east-1.amazonaws.com/jenkins/1.json",
        Parameters: [{ Key: "ModelBuildCodeRepositoryFullname", Value: "example/build" }],
        StackDetail: { Id: stack, Name: "SP-churn-p-abcdefghijkl", StatusMessage: "" },
      },
    },
  ],
};
/** What SageMaker says of a project that is not there. */
export const gone = Object.assign(new Error("Project churn does not exist"), { name: "ValidationException" });
/** The same, of a product of the catalog. */
export const ofCatalog: DescribeProjectOutput = {
  ...project,
  TemplateProviderDetails: undefined,
  ServiceCatalogProvisioningDetails: { ProductId: "prod-gitlab", ProvisioningArtifactId: "pa-first" },
  ServiceCatalogProvisionedProductDetails: { ProvisionedProductId: "pp-churn" },
};
