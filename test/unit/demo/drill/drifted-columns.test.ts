import { driftedColumns } from "../../../../demo/drill/drifted-columns";

const violations = JSON.stringify({
  violations: [
    { feature_name: "_c1", constraint_check_type: "completeness_check", description: "too few" },
    { feature_name: "_c1", constraint_check_type: "data_type_check", description: "text" },
    { feature_name: "Extra columns", constraint_check_type: "extra_column_check", description: "three" },
  ],
});
const baseline = "1,10\n2,20\n3,30\n";
const batch = "Shape,Age\n1,10\n2,\n3,110\n";

test("a drifted column carries its title, its violations and both distributions in the same buckets", () => {
  const [column, ...others] = driftedColumns({ baseline, batch, violations });
  expect(others).toEqual([]);
  expect(column).toMatchObject({
    name: "_c1",
    title: "Age",
    violations: [
      { check: "completeness_check", description: "too few" },
      { check: "data_type_check", description: "text" },
    ],
    baseline: { present: 3, missing: 0 },
    batch: { present: 2, missing: 1 },
  });
  const bounds = (side: "baseline" | "batch") =>
    column?.[side].buckets.map(({ lower, upper }) => [lower, upper]);
  expect(bounds("baseline")).toEqual(bounds("batch"));
  expect(column?.baseline.buckets.map(({ count }) => count)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
});

test("every value lies in one bucket, the largest in the last", () => {
  const [column] = driftedColumns({ baseline, batch, violations });
  const total = column?.batch.buckets.reduce((sum, { count }) => sum + count, 0);
  expect(total).toBe(column?.batch.present);
  expect(column?.batch.buckets.at(-1)).toMatchObject({ upper: 110, count: 1 });
});

test("a column of one value only has buckets too", () => {
  const [column] = driftedColumns({ baseline: "1,5\n1,5\n", batch: "Shape,Age\n1,5\n", violations });
  expect(column?.baseline.buckets).toEqual([{ lower: 4.5, upper: 5.5, count: 2 }]);
});

test("a few whole numbers have a bucket each", () => {
  const [column] = driftedColumns({ baseline: "1,1\n1,4\n1,4\n", batch: "Shape,Age\n1,2\n", violations });
  expect(column?.baseline.buckets.map(({ count }) => count)).toEqual([1, 0, 0, 2]);
  expect(column?.batch.buckets.map(({ count }) => count)).toEqual([0, 1, 0, 0]);
});
