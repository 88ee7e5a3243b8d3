import type { Loss, ManifestStack } from "./manifest/schema";

type Losing = Pick<ManifestStack, "id"> & { readonly losses: readonly Loss[] };

/**
 * Why plans that destroy what holds data may not be applied; empty where each such resource is allowed by name.
 * @param allowed addresses of resources; `<stack>/<address>` where several stacks have the address
 * @param done plans that an earlier run has applied: their losses need no permission, and may still have one
 * @param keeping how to keep a resource, by its address, where there is a way
 */
export function lossRefusals(
  stacks: readonly Losing[],
  allowed: readonly string[],
  done: readonly Losing[] = [],
  keeping: (address: string) => string = () => "",
): string[] {
  const waiting = lossesOf(stacks);
  const losses = [...waiting, ...lossesOf(done)];
  const named = (permission: string) =>
    losses.filter(({ address, name }) => permission === address || permission === name);
  const covered = new Set(
    allowed.flatMap((permission) => (named(permission).length === 1 ? named(permission) : [])),
  );
  return [
    ...waiting
      .filter((loss) => !covered.has(loss))
      .map(
        ({ id, address, action, losing, name }) =>
          `${id}: would ${action} ${address} and lose ${losing}; ` +
          (action === "replace"
            ? "the plan says what forces a new one: take that back"
            : `${keeping(address)}to let it: --allow-destroy '${named(address).length === 1 ? address : name}'`),
      ),
    ...allowed
      .filter((permission) => named(permission).length === 0)
      .map((permission) => `--allow-destroy ${permission}: no plan here destroys that`),
  ];
}

const lossesOf = (stacks: readonly Losing[]) =>
  stacks.flatMap(({ id, losses }) => losses.map((loss) => ({ ...loss, id, name: `${id}/${loss.address}` })));
