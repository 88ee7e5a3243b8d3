import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import type { Loss } from "../plans/manifest/schema";
import { dataLostWith } from "../plans/summary/data-loss";
import { addressOf, managedIn, type StateJson, type StateResource } from "../terraform/state-json";

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
  readonly address: string;
  readonly type: "aws_s3_bucket" | "aws_sagemaker_model_package_group";
  readonly name: string;
}

/** What each of these stacks holds; those that hold nothing are left out. */
export async function contentsOfStacks(
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<StackHoldings[]> {
  const all = await Promise.all(
    stacks.map(async (stack) => holdingsIn(stack, await (await accounts.stateOf(stack)).read())),
  );
  return all.filter(({ resources }) => resources > 0);
}

export function holdingsIn(stack: StackDescription, state: Pick<StateJson, "resources">): StackHoldings {
  const managed = managedIn(state);
  return {
    id: stack.id,
    stack,
    resources: managed.length,
    losses: managed.flatMap((resource): Loss[] => {
      const losing = dataLostWith(resource.type);
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

function containersIn(resource: StateResource): Container[] {
  const { type, instances } = resource;
  if (!isContainer(type)) return [];
  return instances.flatMap(({ attributes }) => {
    const name = attributes?.[nameAttributes[type]];
    return typeof name === "string" ? [{ address: addressOf(resource), type, name }] : [];
  });
}
