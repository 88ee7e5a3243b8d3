import { takeTurns } from "../../../bench/rounds";

test("contestants run in turn, every second round backwards, and warm-ups do not count", async () => {
  const order: string[] = [];
  const said: string[] = [];
  const contestant = (name: string) => () => {
    order.push(name);
    return Promise.resolve({ seconds: order.length, cpuSeconds: undefined });
  };
  const turns = await takeTurns(
    { ours: contestant("ours"), other: contestant("other") },
    { count: 2, say: (line) => said.push(line) },
  );
  expect(order).toEqual(["other", "ours", "ours", "other", "other", "ours"]);
  expect(turns.ours.map(({ seconds }) => seconds)).toEqual([3, 6]);
  expect(turns.other.map(({ seconds }) => seconds)).toEqual([4, 5]);
  expect(said.slice(0, 3)).toEqual([
    "  warm-up, other: 1.00 s",
    "  warm-up, ours: 2.00 s",
    "  round 1 of 2, ours: 3.00 s",
  ]);
});
