import { awsProvider } from "../../../tools/toolchain/provider";

type Blocks = Readonly<Record<string, unknown>>;

/** A file of Terraform's language, in JSON. https://developer.hashicorp.com/terraform/language/syntax/json */
type Configuration = Readonly<Record<string, Blocks | readonly Blocks[] | undefined>>;

/**
 * What in a configuration would run programs, or ask others than AWS: provisioners, modules, and all that is not AWS's provider's,
 * such as the data sources `external` and `http`. No stack of ours has any.
 * @param text of a file of Terraform's language
 * @returns a clause for each; empty where there is none
 */
export function foreignCodeIn(text: string): string[] {
  const configuration = parse(text);
  if (!configuration) return ["it is not JSON"];
  const resources = [...named(configuration, "resource", ""), ...named(configuration, "data", "data.")];
  return [
    ...resources.filter(({ type }) => !isKnown(type)).map(({ address }) => `${address} is not AWS's`),
    ...[...resources, ...listed(configuration.removed)]
      .filter(({ block }) => "provisioner" in block || "connection" in block)
      .map(({ address }) => `${address} has a provisioner`),
    ...names(configuration.module).map((name) => `module.${name} is a module`),
    ...names(configuration.provider)
      .filter((name) => name !== "aws")
      .map((name) => `the provider ${name} is not AWS's`),
    ...requiredProviders(configuration)
      .filter(({ name, source }) => name !== "aws" || !isAws(source))
      .map(({ name, source }) => `it requires the provider ${source || name}`),
  ];
}

/** AWS's, and what Terraform has built in to keep a value. */
const isKnown = (type: string): boolean => type.startsWith("aws_") || type === "terraform_data";

function parse(text: string): Configuration | undefined {
  try {
    const parsed = JSON.parse(text) as unknown;
    return isBlocks(parsed) ? (parsed as Configuration) : undefined;
  } catch {
    return undefined;
  }
}

interface Named {
  readonly type: string;
  readonly address: string;
  readonly block: Blocks;
}

const isBlocks = (value: unknown): value is Blocks =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One block, or a list of them: the language takes either nearly everywhere. */
const blocksIn = (value: unknown): Blocks[] => [value].flat().filter(isBlocks);

const names = (value: unknown): string[] => blocksIn(value).flatMap(Object.keys);

function named(configuration: Configuration, section: string, prefix: string): Named[] {
  return blocksIn(configuration[section]).flatMap((types) =>
    Object.entries(types).flatMap(([type, byName]) =>
      blocksIn(byName).flatMap((blocks) =>
        Object.entries(blocks).flatMap(([name, found]) =>
          blocksIn(found).map((block) => ({ type, address: `${prefix}${type}.${name}`, block })),
        ),
      ),
    ),
  );
}

const listed = (removed: unknown): Named[] =>
  blocksIn(removed).map((block) => ({ type: "", address: `the removal of ${String(block.from)}`, block }));

const requiredProviders = ({ terraform }: Configuration) =>
  blocksIn(terraform)
    .flatMap(({ required_providers: required }) => blocksIn(required))
    .flatMap((providers) => Object.entries(providers))
    .map(([name, given]) => ({ name, source: isBlocks(given) ? textOf(given.source) : "" }));

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Without a host it is the public registry's, without a namespace HashiCorp's. */
const isAws = (source: string): boolean =>
  [source, `registry.terraform.io/${source}`, `registry.terraform.io/hashicorp/${source}`].includes(
    awsProvider().source,
  );
