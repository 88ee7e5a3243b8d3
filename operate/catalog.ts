import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { askJson } from "./json-api";

/** A version of a product, which Service Catalog calls a provisioning artifact. */
export interface CatalogVersion {
  readonly Id: string;
  readonly Name: string;
}

const operation = {
  service: "servicecatalog",
  target: "AWS242ServiceCatalogService.DescribeProduct",
  version: "1.1",
} as const;

/**
 * The active versions of a product, for whoever may take it.
 * https://docs.aws.amazon.com/servicecatalog/latest/dg/API_DescribeProduct.html
 * @returns undefined where the catalog shows the caller no such product
 */
export async function versionsOfProduct(
  sagemaker: SageMakerClient,
  product: string,
): Promise<readonly CatalogVersion[] | undefined> {
  try {
    const { ProvisioningArtifacts = [] } = await askJson<{
      readonly ProvisioningArtifacts?: readonly CatalogVersion[];
    }>(sagemaker, operation, { Id: product });
    return ProvisioningArtifacts;
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
