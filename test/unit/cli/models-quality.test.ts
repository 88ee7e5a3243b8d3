import { metricsIn } from "../../../cli/models/quality";

test("metrics are the objects with a number as their value, whatever the group", () => {
  const report = {
    version: 1,
    regression_metrics: {
      mae: { value: 0.5, standard_deviation: 0.1 },
      curve: { points: [1] },
      text: { value: "x" },
    },
    nothing: null,
  };
  expect(metricsIn(JSON.stringify(report))).toEqual({ mae: 0.5 });
});
