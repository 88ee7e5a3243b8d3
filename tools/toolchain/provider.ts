import { readFileSync } from "node:fs";

/** A Terraform provider, as its registry names it. */
export interface Provider {
  /** Source address, such as `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
}

/** The AWS provider that the generated bindings are made for: the bindings' own manifest says which. */
export function awsProvider(): Provider {
  const manifest = readFileSync(require.resolve("@cdktf/provider-aws/package.json"), "utf8");
  const { provider } = (JSON.parse(manifest) as { cdktf: { provider: { name: string; version: string } } })
    .cdktf;
  return { source: provider.name, version: provider.version };
}
