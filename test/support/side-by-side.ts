import { parallelRuns } from "../../deploy/estate/parallelism";

/** Does something to each item, as many at a time as Terraform runs fit on this machine; results keep the order. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: parallelRuns() }, worker));
  return results;
}
