import { metricReader, noMetrics, xgboostMetrics } from "../../../../emulator/runner/jobs/metrics";

const rounds = [
  "XGBoost 3.0.5",
  "[0]\ttrain-rmse:0.90000\tvalidation-rmse:1.10000\tvalidation-auc:0.5",
  "[1]\ttrain-rmse:0.80000\tvalidation-rmse:9.5e-01\tvalidation-auc:nan",
  "",
].join("\n");

test("XGBoost's metrics have SageMaker's names, and the value of the last round that has one", () => {
  expect(xgboostMetrics(rounds)).toEqual({
    "train:rmse": 0.8,
    "validation:rmse": 0.95,
    "validation:auc": 0.5,
  });
});

test("definitions read the last value that their expression finds, with tabs as CloudWatch writes them too", () => {
  const read = metricReader(
    [
      { Name: "rmse", Regex: "validation-rmse:(\\S+)" },
      { Name: "cloudwatch", Regex: "#011validation-rmse:(\\d+\\.\\d+)" },
      { Name: "missing", Regex: "loss=(\\S+)" },
      { Name: "words", Regex: "XG(\\w+)" },
    ],
    xgboostMetrics,
  );
  expect(read(rounds)).toEqual({ rmse: 0.95, cloudwatch: 9.5 });
});

test("without definitions SageMaker knows the metrics of its built-in algorithm alone", () => {
  expect(metricReader([], xgboostMetrics)(rounds)).toEqual(xgboostMetrics(rounds));
  expect(metricReader(undefined, noMetrics)(rounds)).toEqual({});
});

test("an expression that is none is refused with the metric's name", () => {
  expect(() => metricReader([{ Name: "rmse", Regex: "(" }], noMetrics)).toThrow(
    /^ClientError: the regular expression of metric rmse: /,
  );
});
