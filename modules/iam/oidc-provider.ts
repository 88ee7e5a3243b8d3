import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface OidcProviderProps {
  /** `https://…` */
  readonly issuer: string;
  readonly audience: string;
}

/**
 * Whose tokens AWS checks, by the keys that the issuer serves. Its certificate is one that AWS trusts: no thumbprint is named, which would
 * end with the certificate.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
 */
export class OidcProvider extends Construct {
  readonly provider: ITerraformDependable;

  constructor(scope: Construct, id: string, { issuer, audience }: OidcProviderProps) {
    super(scope, id);
    this.provider = new IamOpenidConnectProvider(this, "provider", { url: issuer, clientIdList: [audience] });
  }
}
