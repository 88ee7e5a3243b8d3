import { freeMemory, parallelRuns } from "../../../../deploy/estate/parallelism";

const gigabyte = 1024 ** 3;

test.each([
  { cores: 2, free: 24 * gigabyte, runs: 12 },
  { cores: 2, free: 2 * gigabyte, runs: 2 },
  { cores: 8, free: 4 * gigabyte, runs: 4 },
  { cores: 1, free: 0.1 * gigabyte, runs: 1 },
])("$cores cores and $free free bytes take $runs Terraform runs side by side", ({ cores, free, runs }) => {
  expect(parallelRuns(cores, free)).toBe(runs);
});

test.each([
  ["a container has no more than its limit", 24, 2, 2],
  ["a machine has what is free", 3, 24, 3],
  ["a limit may be none", 3, 2 ** 34, 3],
  ["or not known", 3, 0, 3],
])("%s", (_, free, limit, expected) => {
  expect(freeMemory(free * gigabyte, limit * gigabyte)).toBe(expected * gigabyte);
});
