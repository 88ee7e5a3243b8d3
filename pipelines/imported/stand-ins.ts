import { containerImages } from "../../core/container-images";
import type { ModelContext } from "../model";

/** Values of an account that an imported definition has stand-ins for: `{{context.dataBucket}}`. */
export const standInNames = [
  "executionRoleArn",
  "modelPackageGroupArn",
  "latestApprovedModelFunctionArn",
  "sealVersionFunctionArn",
  "kmsKeyArn",
  "volumeKeyArn",
  "artifactsUri",
  "dataBucket",
  "account",
  "region",
] as const satisfies readonly (keyof ModelContext)[];

export type StandInName = (typeof standInNames)[number];

/** What the values are in one account. */
export type AccountValues = Pick<ModelContext, StandInName>;

const registry = "registry.";

/** Of AWS's own registry for one of its images, whose account is another in each region: `registry.xgboost`. */
export const registryName = (image: string): string => `${registry}${image}`;

export const standIn = (name: string): string => `{{context.${name}}}`;

const anyStandIn = /\{\{context\.([\w.-]+)\}\}/g;

/**
 * A definition's text for an account.
 * @throws Error naming a stand-in that there is not, or an image that AWS publishes none of in the account's region
 */
export const withValues = (text: string, values: AccountValues): string =>
  text.replaceAll(anyStandIn, (_, name: string) => JSON.stringify(valueOf(name, values)).slice(1, -1));

function valueOf(name: string, values: AccountValues): string {
  if (name.startsWith(registry)) return registryOf(name.slice(registry.length), values.region);
  const known = standInNames.find((each) => each === name);
  if (known) return values[known];
  const names = [...standInNames, ...Object.keys(containerImages).map(registryName)];
  throw new Error(`${standIn(name)} stands for nothing; there are: ${names.join(", ")}`);
}

function registryOf(image: string, region: string): string {
  const images: Readonly<Partial<Record<string, { readonly accounts: Readonly<Record<string, string>> }>>> =
    containerImages;
  const account = images[image]?.accounts[region];
  if (account === undefined) throw new Error(`AWS publishes no ${image} image in region ${region}`);
  return account;
}
