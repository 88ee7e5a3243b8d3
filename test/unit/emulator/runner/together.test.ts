import { setTimeout as sleep } from "node:timers/promises";
import { together } from "../../../../emulator/runner/together";

test("all have ended before a failure is told, and the first of them is", async () => {
  const ended: string[] = [];
  const work = async (name: string, milliseconds: number, fails: boolean) => {
    await sleep(milliseconds);
    ended.push(name);
    if (fails) throw new Error(name);
    return name;
  };
  const all = [work("slow", 20, false), work("slower", 30, true), work("quick", 0, true)];
  await expect(together(all)).rejects.toThrow("slower");
  expect(ended).toEqual(["quick", "slow", "slower"]);
});

test("the results are in the order of the work", async () => {
  expect(await together([sleep(10, "a"), sleep(0, "b")])).toEqual(["a", "b"]);
});
