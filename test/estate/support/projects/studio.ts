import {
  CreateProjectCommand,
  DescribeProjectCommand,
  SageMakerClient,
  type CreateProjectCommandInput,
} from "@aws-sdk/client-sagemaker";
import type { CreateRoleCommandInput } from "@aws-sdk/client-iam";
import type { AccountAccess } from "../../../../deploy/access/account-access";
import { askJson } from "../../../../operate/json-api";
import { findProject, hasFailed, isInProgress, type DescribedProject } from "../../../../operate/projects";
import { until } from "../../../support/until";
import type { Parameters } from "./offering";

/** By which of AWS's two ways a template comes. */
export type Route = "catalog" | "S3";

/** A person's execution role, which may do what the stack lets its users do, and nothing else; administrators may look through its eyes. */
export const roleOfStudio = (arn: string): CreateRoleCommandInput => {
  const [, Path = "", RoleName = ""] = /:role(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  const principals = { Service: "sagemaker.amazonaws.com", AWS: "arn:aws:iam::444444444444:root" };
  const trust = { Effect: "Allow", Principal: principals, Action: "sts:AssumeRole" };
  return {
    ...{ Path, RoleName },
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
  };
};

/** Projects as SageMaker Studio makes them, in the name of whoever works there. */
export class Studio {
  private readonly sagemaker: SageMakerClient;

  constructor(
    access: AccountAccess,
    /** Whose templates there are. */
    private readonly environment: { readonly name: string; readonly account: string },
  ) {
    this.sagemaker = new SageMakerClient(access);
  }

  /** @throws Error in AWS's words where no project is begun */
  async create(route: Route, template: string, ProjectName: string, parameters: Parameters): Promise<void> {
    const Parameters = Object.entries(parameters).map(([Key, Value]) => ({ Key, Value }));
    const how: Partial<CreateProjectCommandInput> =
      route === "catalog"
        ? {
            ServiceCatalogProvisioningDetails: {
              ProductId: await this.productOf(template),
              ProvisioningParameters: Parameters,
            },
          }
        : { TemplateProviders: [{ CfnTemplateProvider: { ...this.ofS3(template), Parameters } }] };
    await this.sagemaker.send(new CreateProjectCommand({ ProjectName, ...how }));
  }

  /** Waits until AWS has done with a project. */
  async made(name: string): Promise<DescribedProject> {
    return until(`project ${name} is made`, async () => {
      const project = await findProject(this.sagemaker, name);
      return project && !isInProgress(project) ? project : undefined;
    });
  }

  /** @returns why making a project has failed, as Studio shows it */
  async failureOf(ProjectName: string): Promise<string | undefined> {
    const { status } = await this.made(ProjectName);
    if (!hasFailed({ status })) throw new Error(`Project ${ProjectName} is ${status}`);
    const found = await this.sagemaker.send(new DescribeProjectCommand({ ProjectName }));
    const [ofS3] = found.TemplateProviderDetails ?? [];
    return (
      ofS3?.CfnTemplateProviderDetail?.StackDetail?.StatusMessage ??
      found.ServiceCatalogProvisionedProductDetails?.ProvisionedProductStatusMessage ??
      ""
    );
  }

  private ofS3(TemplateName: string) {
    const { name, account } = this.environment;
    const host = `mlops-${name}-templates-${account}.s3.us-east-1.amazonaws.com`;
    return {
      TemplateName,
      TemplateURL: `https://${host}/studio/${TemplateName}.json`,
      RoleARN: `arn:aws:iam::${account}:role/mlops-${name}-project-launch`,
    };
  }

  /** Of those that the portfolio lets this one take. */
  private async productOf(template: string): Promise<string> {
    const name = `mlops-${this.environment.name}-${template}`;
    const { ProductViewSummaries: shown } = await askJson<Shown>(
      this.sagemaker,
      {
        service: "servicecatalog",
        target: "AWS242ServiceCatalogService.SearchProducts",
        version: "1.1",
      },
      {},
    );
    const found = shown.find(({ Name }) => Name === name);
    if (!found) throw new Error(`Studio shows no product ${name}: ${JSON.stringify(shown)}`);
    return found.ProductId;
  }
}

interface Shown {
  readonly ProductViewSummaries: readonly { readonly Name: string; readonly ProductId: string }[];
}
