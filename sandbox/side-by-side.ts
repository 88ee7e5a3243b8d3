import { parallelRuns } from "../deploy/estate/parallelism";

/**
 * Does something to each item, so many at a time; results keep the order.
 * @param workers how many. @default as many as Terraform runs fit on this machine
 */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  workers = parallelRuns(),
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
