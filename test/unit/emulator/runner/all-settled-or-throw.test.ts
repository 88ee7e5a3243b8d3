import { setTimeout as sleep } from "node:timers/promises";
import { allSettledOrThrow } from "../../../../emulator/runner/all-settled-or-throw";

test("all have ended before a failure is told, and the first of them is", async () => {
  const ended: string[] = [];
  const work = async (name: string, after: Promise<unknown>, fails: boolean) => {
    await after.catch(() => undefined);
    ended.push(name);
    if (fails) throw new Error(name);
    return name;
  };
  const quick = work("quick", Promise.resolve(), true);
  const slow = work("slow", quick, false);
  const slower = work("slower", slow, true);
  await expect(allSettledOrThrow([slow, slower, quick])).rejects.toThrow("slower");
  expect(ended).toEqual(["quick", "slow", "slower"]);
});

test("the results are in the order of the work", async () => {
  expect(await allSettledOrThrow([sleep(10, "a"), sleep(0, "b")])).toEqual(["a", "b"]);
});
