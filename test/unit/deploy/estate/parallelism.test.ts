import { parallelRuns } from "../../../../deploy/estate/parallelism";

const gigabyte = 1024 ** 3;

test.each([
  { cores: 2, free: 24 * gigabyte, runs: 8 },
  { cores: 2, free: 2 * gigabyte, runs: 2 },
  { cores: 8, free: 4 * gigabyte, runs: 4 },
  { cores: 1, free: 0.1 * gigabyte, runs: 1 },
])("$cores cores and $free free bytes take $runs Terraform runs side by side", ({ cores, free, runs }) => {
  expect(parallelRuns(cores, free)).toBe(runs);
});
