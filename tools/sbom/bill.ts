import { createHash } from "node:crypto";

/** A package of a CycloneDX bill; what npm says of one stays as it is. https://cyclonedx.org/docs/1.5/json/#components */
export interface Component {
  readonly "bom-ref": string;
  readonly [field: string]: unknown;
}

/** What `npm sbom` prints, less what is not read here. */
export interface NpmBill {
  readonly metadata: { readonly component: Component; readonly [field: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly [field: string]: unknown;
}

/**
 * npm's bill with further components, all of them needed by the project. The same locks give the same text wherever and whenever it is
 * made: no time, the project's own name in place of its folder's, and a serial number that is made of the rest.
 */
export function billOf(npm: NpmBill, name: string, further: readonly Component[]): NpmBill {
  const { component } = npm.metadata;
  const own = component["bom-ref"];
  const bill = {
    ...npm,
    metadata: { ...npm.metadata, timestamp: undefined, component: { ...component, name } },
    components: [...npm.components, ...further].toSorted(byReference),
    dependencies: npm.dependencies.map(({ ref, dependsOn = [] }) => ({
      ref,
      dependsOn: [...dependsOn, ...(ref === own ? further.map((each) => each["bom-ref"]) : [])],
    })),
  };
  return { ...bill, serialNumber: serialNumberOf(JSON.stringify({ ...bill, serialNumber: undefined })) };
}

const byReference = (a: Component, b: Component): number => (a["bom-ref"] < b["bom-ref"] ? -1 : 1);

/** A UUID of a text's digest, of version 8 (https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8). */
function serialNumberOf(text: string): string {
  const digest = createHash("sha256").update(text).digest("hex");
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
  ];
  return `urn:uuid:${[...parts, digest.slice(20, 32)].join("-")}`;
}

/** Where files of a component come from, and the SHA-256 of each that is accepted. */
export const distribution = (url: string, hashes: readonly string[]) => ({
  type: "distribution",
  url,
  hashes: hashes.map((content) => ({ alg: "SHA-256", content })),
});
