import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../estate/accounts";
import type { Loss } from "../plans/manifest/schema";
import { holdingsOf } from "../plans/summary/data-holders";

/** What a stack's state says it holds. */
export interface StackHoldings {
  readonly id: string;
  readonly stack: StackDescription;
  /** Number of resources. */
  readonly resources: number;
  /** Those that hold what no code makes again. */
  readonly losses: readonly Loss[];
  /** What has to be empty before it can go. */
  readonly containers: readonly Container[];
}

/** A resource that AWS deletes only when it is empty. */
export interface Container {
  readonly type: "aws_s3_bucket" | "aws_sagemaker_model_package_group";
  readonly name: string;
}

interface State {
  readonly resources: readonly StateResource[];
}

interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** What each of these stacks holds; those that hold nothing are left out. */
export async function holdingsOfStacks(
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<StackHoldings[]> {
  const all = await Promise.all(
    stacks.map(async (stack) => {
      const text = await (await accounts.stateOf(stack)).read();
      return holdingsIn(stack, text === undefined ? { resources: [] } : (JSON.parse(text) as State));
    }),
  );
  return all.filter(({ resources }) => resources > 0);
}

/** Our stacks have no modules and count nothing, so type and name make the address. */
const addressOf = ({ type, name }: StateResource): string => `${type}.${name}`;

export function holdingsIn(stack: StackDescription, { resources }: State): StackHoldings {
  const managed = resources.filter(({ mode, instances }) => mode === "managed" && instances.length > 0);
  return {
    id: stack.id,
    stack,
    resources: managed.length,
    losses: managed.flatMap((resource): Loss[] => {
      const losing = holdingsOf(resource.type);
      return losing === undefined ? [] : [{ address: addressOf(resource), action: "destroy", losing }];
    }),
    containers: managed.flatMap(containersIn),
  };
}

/** The attribute that holds a container's name. */
const nameAttributes: Readonly<Record<Container["type"], string>> = {
  aws_s3_bucket: "bucket",
  aws_sagemaker_model_package_group: "model_package_group_name",
};

const isContainer = (type: string): type is Container["type"] => type in nameAttributes;

function containersIn({ type, instances }: StateResource): Container[] {
  if (!isContainer(type)) return [];
  return instances.flatMap(({ attributes }) => {
    const name = attributes?.[nameAttributes[type]];
    return typeof name === "string" ? [{ type, name }] : [];
  });
}
