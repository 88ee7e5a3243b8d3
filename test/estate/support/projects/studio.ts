import { CreateProjectCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SignatureV4 } from "@smithy/signature-v4";
import { accessAccount, type AccountAccess } from "../../../../deploy/access/account-access";
import { findProject, isInProgress, type DescribedProject } from "../../../../operate/projects";
import type { AppliedEstate } from "../../../support/applied-estate";
import { until } from "../../../support/until";

const account = "111111111111";

/** Execution role of a person in SageMaker Studio: it may do what the stack lets it, and nothing else. */
export const studioRole = {
  name: "StudioExecution",
  arn: `arn:aws:iam::${account}:role/StudioExecution`,
  trust: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sagemaker.amazonaws.com", AWS: `arn:aws:iam::444444444444:root` },
        Action: "sts:AssumeRole",
      },
    ],
  },
};

interface Form {
  readonly name: string;
  /** Name of the template's product in the catalog. */
  readonly product: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** As SageMaker Studio makes a project: of a product of the catalog's, as the person's execution role. */
export async function createInStudio(
  applied: AppliedEstate,
  { name, product, parameters }: Form,
): Promise<DescribedProject> {
  const access = await accessAccount(applied.environment("dev"), studioRole.name);
  const sagemaker = new SageMakerClient(access);
  await sagemaker.send(
    new CreateProjectCommand({
      ProjectName: name,
      ServiceCatalogProvisioningDetails: {
        ProductId: await productOf(access, product),
        ProvisioningParameters: Object.entries(parameters).map(([Key, Value]) => ({ Key, Value })),
      },
    }),
  );
  return until(`project ${name} is made`, async () => {
    const project = await findProject(sagemaker, name);
    return project && !isInProgress(project) ? project : undefined;
  });
}

/** Id of a product that the portfolio lets the caller take. The registry has no client of the SDK's for Service Catalog. */
async function productOf(access: AccountAccess, name: string): Promise<string> {
  const { credentials, sha256 } = new SageMakerClient(access).config;
  const { protocol, hostname, host, port, origin } = new URL(process.env.AWS_ENDPOINT_URL ?? "");
  const signer = new SignatureV4({ region: access.region, service: "servicecatalog", credentials, sha256 });
  const body = JSON.stringify({ Filters: { FullTextSearch: [name] } });
  const { headers } = await signer.sign({
    ...{ method: "POST", protocol, hostname, port: Number(port), path: "/", query: {}, body },
    headers: {
      host,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWS242ServiceCatalogService.SearchProducts",
    },
  });
  const answer = await fetch(origin, { method: "POST", headers, body });
  const text = await answer.text();
  const { ProductViewSummaries = [] } = JSON.parse(text) as Found;
  const found = ProductViewSummaries.find(({ Name }) => Name === name);
  if (!found) throw new Error(`Studio shows no product ${name}: ${text}`);
  return found.ProductId;
}

interface Found {
  readonly ProductViewSummaries?: readonly { readonly Name: string; readonly ProductId: string }[];
}
