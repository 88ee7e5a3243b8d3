import {
  CreateProjectCommand,
  DeleteProjectCommand,
  DescribeProjectCommand,
  paginateListProjects,
  UpdateProjectCommand,
  type DescribeProjectOutput,
  type ListProjectsOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { collect } from "./pages";

/** A SageMaker project. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeProject.html */
export interface Project {
  readonly name: string;
  /** `p-` and twelve characters, drawn by AWS. */
  readonly id: string;
  readonly arn: string;
  /** `CreateInProgress`, `CreateCompleted`, `CreateFailed`, and the like of updates and deletions. */
  readonly status: string;
  readonly createdAt: Date | undefined;
}

/** A project with what made it. */
export interface DescribedProject extends Project {
  readonly description: string | undefined;
  /** Of the template, as its parameters are called. Service Catalog tells of those that were given alone. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By which of AWS's two ways its template came. */
  readonly route: "S3" | "Service Catalog";
  /** What its template is called in S3, by whoever made the project; its product in the catalog. */
  readonly source: string;
  /** Name or ARN of its CloudFormation stack; undefined as long as there is none. */
  readonly stack: string | undefined;
  /** What AWS says of its state. */
  readonly message: string | undefined;
}

/** A template in S3, and how its stack is made. */
export interface ProjectRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly template: string;
  readonly templateUrl: string;
  /** Role that CloudFormation makes the stack as. */
  readonly roleArn: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where another version of a project's template is, by the route that the project was made by. */
export type ProjectUpdate = Pick<DescribedProject, "name" | "source" | "parameters"> &
  ({ readonly templateUrl: string } | { readonly artifact: string });

/** Newest first; those that are deleted, of which AWS goes on to tell, are none. */
export async function listProjects(sagemaker: SageMakerClient, limit = Infinity): Promise<Project[]> {
  const pages = paginateListProjects(
    { client: sagemaker },
    { SortBy: "CreationTime", SortOrder: "Descending" },
  );
  const standing = ({ ProjectSummaryList: page = [] }: ListProjectsOutput) =>
    page.filter(({ ProjectStatus }) => ProjectStatus !== "DeleteCompleted");
  const found = await collect(pages, standing, limit);
  return found.map((project) => ({
    name: project.ProjectName ?? "",
    id: project.ProjectId ?? "",
    arn: project.ProjectArn ?? "",
    status: project.ProjectStatus ?? "",
    createdAt: project.CreationTime,
  }));
}

/** @returns undefined where there is none of the name, or no more */
export async function findProject(
  sagemaker: SageMakerClient,
  name: string,
): Promise<DescribedProject | undefined> {
  try {
    const found = await sagemaker.send(new DescribeProjectCommand({ ProjectName: name }));
    return found.ProjectStatus === "DeleteCompleted" ? undefined : describedOf(found);
  } catch (error) {
    if (isNotFound(error as Error)) return undefined;
    throw error;
  }
}

/** @returns its id */
export async function createProject(sagemaker: SageMakerClient, request: ProjectRequest): Promise<string> {
  const { name, description, template, templateUrl, roleArn, parameters } = request;
  const { ProjectId = "" } = await sagemaker.send(
    new CreateProjectCommand({
      ProjectName: name,
      ProjectDescription: description,
      TemplateProviders: [
        {
          CfnTemplateProvider: {
            TemplateName: template,
            TemplateURL: templateUrl,
            RoleARN: roleArn,
            Parameters: pairsOf(parameters),
          },
        },
      ],
    }),
  );
  return ProjectId;
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateProject.html */
export async function updateProject(sagemaker: SageMakerClient, update: ProjectUpdate): Promise<void> {
  const parameters = pairsOf(update.parameters);
  await sagemaker.send(
    new UpdateProjectCommand({
      ProjectName: update.name,
      ...("artifact" in update
        ? {
            ServiceCatalogProvisioningUpdateDetails: {
              ProvisioningArtifactId: update.artifact,
              ProvisioningParameters: parameters,
            },
          }
        : {
            TemplateProvidersToUpdate: [
              {
                CfnTemplateProvider: {
                  TemplateName: update.source,
                  TemplateURL: update.templateUrl,
                  Parameters: parameters,
                },
              },
            ],
          }),
    }),
  );
}

const pairsOf = (parameters: Readonly<Record<string, string>>) =>
  Object.entries(parameters).map(([Key, Value]) => ({ Key, Value }));

export async function deleteProject(sagemaker: SageMakerClient, name: string): Promise<void> {
  await sagemaker.send(new DeleteProjectCommand({ ProjectName: name }));
}

/** Whether AWS still works on it. */
export const isInProgress = ({ status }: Pick<Project, "status">): boolean =>
  status === "Pending" || status.endsWith("InProgress");

export const hasFailed = ({ status }: Pick<Project, "status">): boolean => status.endsWith("Failed");

/** SageMaker has an error for it that it uses elsewhere, and here says it in words. */
const isNotFound = ({ name, message }: Error): boolean =>
  name === "ResourceNotFound" ||
  (name === "ValidationException" && /does not exist|not found/i.test(message));

function describedOf(project: DescribeProjectOutput): DescribedProject {
  const ofS3 = project.TemplateProviderDetails?.[0]?.CfnTemplateProviderDetail;
  const product = project.ServiceCatalogProvisionedProductDetails;
  const catalogue = project.ServiceCatalogProvisioningDetails;
  const account = project.ProjectArn?.split(":")[4] ?? "";
  return {
    name: project.ProjectName ?? "",
    id: project.ProjectId ?? "",
    arn: project.ProjectArn ?? "",
    status: project.ProjectStatus ?? "",
    createdAt: project.CreationTime,
    description: project.ProjectDescription,
    parameters: Object.fromEntries(
      (ofS3?.Parameters ?? catalogue?.ProvisioningParameters ?? []).map(({ Key = "", Value = "" }) => [
        Key,
        Value,
      ]),
    ),
    route: ofS3 ? "S3" : "Service Catalog",
    source: ofS3?.TemplateName ?? catalogue?.ProductId ?? "",
    stack: ofS3
      ? (ofS3.StackDetail?.Id ?? ofS3.StackDetail?.Name)
      : product?.ProvisionedProductId && `SC-${account}-${product.ProvisionedProductId}`,
    message: [ofS3?.StackDetail?.StatusMessage, product?.ProvisionedProductStatusMessage].find(Boolean),
  };
}
