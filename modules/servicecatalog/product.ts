import { ServicecatalogConstraint } from "@cdktf/provider-aws/lib/servicecatalog-constraint";
import { ServicecatalogProduct } from "@cdktf/provider-aws/lib/servicecatalog-product";
import { ServicecatalogProductPortfolioAssociation } from "@cdktf/provider-aws/lib/servicecatalog-product-portfolio-association";
import { ServicecatalogProvisioningArtifact } from "@cdktf/provider-aws/lib/servicecatalog-provisioning-artifact";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** A CloudFormation template in S3. */
export interface StoredTemplate {
  readonly url: string;
  /** What the catalog reads. */
  readonly object: ITerraformDependable;
}

export interface ProductProps {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly portfolioId: string;
  /** Who makes what the product holds, whoever takes it. */
  readonly launchRoleArn: string;
  /** A template that is no version: what the product is made with stays for good. */
  readonly noVersion: StoredTemplate;
  readonly versions: readonly ProductVersion[];
  /** What must stand first, beside templates. */
  readonly dependsOn: readonly ITerraformDependable[];
}

export interface ProductVersion {
  readonly name: string;
  readonly description: string;
  readonly template: StoredTemplate;
  readonly active: boolean;
  readonly guidance: "DEFAULT" | "DEPRECATED";
}

const type = "CLOUD_FORMATION_TEMPLATE";

/**
 * A product of a portfolio that Studio shows as a template of projects, launched as one role. Each version is a resource of its own: with the product's own parameters Terraform would make
 * the product anew, and those who took it would lose it (https://github.com/hashicorp/terraform-provider-aws/issues/31061).
 */
export class Product extends Construct {
  constructor(scope: Construct, id: string, props: ProductProps) {
    super(scope, id);
    const product = new ServicecatalogProduct(this, "product", {
      name: props.name,
      description: props.description,
      owner: props.owner,
      type,
      provisioningArtifactParameters: {
        ...{ type, name: "none", templateUrl: props.noVersion.url },
        description: "Not a version: choose another",
      },
      // Studio looks at the product's tags, not at the portfolio's.
      tags: { "sagemaker:studio-visibility": "true" },
      lifecycle: { ignoreChanges: ["provisioning_artifact_parameters"] },
      dependsOn: [props.noVersion.object, ...props.dependsOn],
    });
    for (const version of props.versions) this.version(product.id, version);
    this.offer(product.id, props);
  }

  /** Of templates it waits for its own alone: with others', which may go while this is made anew, Terraform finds no order. */
  private version(
    productId: string,
    { name, description, template, active, guidance }: ProductVersion,
  ): void {
    new ServicecatalogProvisioningArtifact(this, `version-${name}`, {
      ...{ productId, name, description, active, guidance, type },
      templateUrl: template.url,
      // There is never none for those who choose just then.
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [template.object],
    });
  }

  /** The role is the product's in one portfolio, and the catalog knows of none before it has the product. */
  private offer(productId: string, { portfolioId, launchRoleArn }: ProductProps): void {
    const association = new ServicecatalogProductPortfolioAssociation(this, "association", {
      portfolioId,
      productId,
    });
    new ServicecatalogConstraint(this, "launch", {
      ...{ portfolioId, productId },
      type: "LAUNCH",
      description: "Whoever takes it, this role makes it",
      parameters: JSON.stringify({ RoleArn: launchRoleArn }),
      dependsOn: [association],
    });
  }
}
