import type { Provider } from "../toolchain/provider";
import { distribution, type Component } from "./bill";

/** Terraform and its one provider, each with the archives of all platforms that are accepted. */
export function terraformComponents(
  version: string,
  sums: Readonly<Record<string, string>>,
  { provider, lock }: { readonly provider: Provider; readonly lock: string },
): Component[] {
  const archives = Object.entries(sums).map(([archive, sum]) =>
    distribution(`https://releases.hashicorp.com/terraform/${version}/${archive}`, [sum]),
  );
  const hashes = [...lock.matchAll(/"zh:([0-9a-f]{64})"/g)].map(([, sum = ""]) => sum);
  return [
    component("application", "terraform", version, archives),
    component("library", `terraform-provider-${provider.source.split("/").at(-1) ?? ""}`, provider.version, [
      distribution(`https://${provider.source}/${provider.version}`, hashes),
    ]),
  ];
}

function component(
  type: "application" | "library",
  name: string,
  version: string,
  externalReferences: readonly ReturnType<typeof distribution>[],
): Component {
  const purl = `pkg:github/hashicorp/${name}@v${version}`;
  return { "bom-ref": purl, type, name, version, purl, externalReferences };
}
