import { metricsOf, violationsOf } from "../../../../demo/drill/ground-truth/reports";

test("what Model Monitor writes of a regression gives metrics by name, and what is worse with its description", () => {
  const statistics = { version: 0, regression_metrics: { rmse: { value: 77.4, standard_deviation: 3 } } };
  expect(metricsOf(JSON.stringify(statistics))).toEqual({ rmse: 77.4 });
  const violation = {
    metric_name: "rmse",
    constraint_check_type: "GreaterThanThreshold",
    description: "worse",
  };
  expect(violationsOf(JSON.stringify({ violations: [violation] }))).toEqual([
    { metric: "rmse", description: "worse" },
  ]);
});
