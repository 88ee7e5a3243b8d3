import {
  CreateProjectCommand,
  DescribeProjectCommand,
  SageMakerClient,
  type CreateProjectCommandInput,
} from "@aws-sdk/client-sagemaker";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AccountAccess } from "../../../../deploy/access/account-access";
import { hasFailed, isInProgress } from "../../../../operate/projects";
import { until } from "../../../support/until";
import type { Parameters } from "./offering";

/** By which of AWS's two ways a template comes. */
export type Route = "catalog" | "S3";

const url = "https://mlops-prod-templates-222222222222.s3.us-east-1.amazonaws.com/studio";
const RoleARN = "arn:aws:iam::222222222222:role/mlops-prod-project-launch";

/** Projects as Studio makes them, in the name of whoever works there. */
export class Studio {
  private readonly sagemaker: SageMakerClient;

  constructor(private readonly access: AccountAccess) {
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
        : {
            TemplateProviders: [
              {
                CfnTemplateProvider: {
                  TemplateName: template,
                  TemplateURL: `${url}/${template}.json`,
                  ...{ RoleARN, Parameters },
                },
              },
            ],
          };
    await this.sagemaker.send(new CreateProjectCommand({ ProjectName, ...how }));
  }

  /** @returns why making a project has failed, as Studio shows it */
  async failureOf(ProjectName: string): Promise<string | undefined> {
    return until(`project ${ProjectName} has failed`, async () => {
      const found = await this.sagemaker.send(new DescribeProjectCommand({ ProjectName }));
      const { ProjectStatus: status = "" } = found;
      if (isInProgress({ status })) return undefined;
      if (!hasFailed({ status })) throw new Error(`Project ${ProjectName} is ${status}`);
      const [ofS3] = found.TemplateProviderDetails ?? [];
      return (
        ofS3?.CfnTemplateProviderDetail?.StackDetail?.StatusMessage ??
        found.ServiceCatalogProvisionedProductDetails?.ProvisionedProductStatusMessage ??
        ""
      );
    });
  }

  /** Of those that the portfolio lets this one see. The registry has no client of the SDK's for Service Catalog. */
  private async productOf(template: string): Promise<string> {
    const { region } = this.access;
    const { credentials, sha256 } = new SecretsManagerClient(this.access).config;
    const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? "");
    const { hostname, port, protocol, host } = endpoint;
    const request = await new SignatureV4({ region, service: "servicecatalog", credentials, sha256 }).sign({
      ...{ method: "POST", protocol, hostname, port: Number(port), path: "/", query: {}, body: "{}" },
      headers: {
        host,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWS242ServiceCatalogService.SearchProducts",
      },
    });
    const { method, headers } = request;
    const response = await fetch(endpoint, { method, headers, body: "{}" });
    const { ProductViewSummaries: found } = (await response.json()) as {
      readonly ProductViewSummaries: readonly { readonly Name: string; readonly ProductId: string }[];
    };
    return found.find(({ Name }) => Name === `mlops-prod-${template}`)?.ProductId ?? "";
  }
}
