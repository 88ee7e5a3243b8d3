import { SagemakerServicecatalogPortfolioStatus } from "@cdktf/provider-aws/lib/sagemaker-servicecatalog-portfolio-status";
import { ServicecatalogPortfolio } from "@cdktf/provider-aws/lib/servicecatalog-portfolio";
import { ServicecatalogPrincipalPortfolioAssociation } from "@cdktf/provider-aws/lib/servicecatalog-principal-portfolio-association";
import { Construct } from "constructs";

export interface PortfolioProps {
  readonly name: string;
  readonly description: string;
  /** Who answers for its products. */
  readonly provider: string;
  /** ARNs of the roles that may take its products. */
  readonly users: readonly string[];
}

/** Products that some roles may take, in an account where SageMaker projects may be made of them. */
export class Portfolio extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, { name, description, provider, users }: PortfolioProps) {
    super(scope, id);
    new SagemakerServicecatalogPortfolioStatus(this, "projects", { status: "Enabled" });
    this.id = new ServicecatalogPortfolio(this, "portfolio", {
      ...{ name, description },
      providerName: provider,
    }).id;
    for (const principalArn of users)
      new ServicecatalogPrincipalPortfolioAssociation(this, `user-${principalArn}`, {
        portfolioId: this.id,
        principalArn,
        principalType: "IAM",
      });
  }
}
