import { plain } from "../../../../demo/drill/projects/ci";
import { refusedTo } from "../../../../demo/drill/projects/refused";
import { planIn, stagingTestIn } from "../../../../demo/drill/projects/traces";

const version = "arn:aws:sagemaker:us-east-1:111111111111:model-package/diagnosis-p-abcdefghijkl/1";

const trace = plain(`test-staging > AUC       0.9947 on 114 rows, registered with 0.9950
test-staging $ .venv/bin/python -m ci.plan production
test-staging > production of diagnosis: ${version}
test-staging > AUC 0.9950 when it was registered; asked for
test-staging > - version 1, where nothing serves yet
test-staging > - 1 instances
test-staging finished in 9.9 s
`);

test("a trace says what staging scored, and what whoever decides on production reads", () => {
  expect(stagingTestIn(trace)).toEqual({ rows: 114, auc: 0.9947, registered: 0.995 });
  expect(planIn(trace)).toBe(
    [
      `production of diagnosis: ${version}`,
      "AUC 0.9950 when it was registered; asked for",
      "- version 1, where nothing serves yet",
      "- 1 instances",
    ].join("\n"),
  );
});

test("a trace without a measurement, or without a plan, is no passed test", () => {
  expect(() => stagingTestIn("test-staging > all is well")).toThrow(
    "says no AUC:\ntest-staging > all is well",
  );
  expect(() => planIn("AUC 0.9950 when it was registered")).toThrow("no plan of production");
});

test("of all refusals those count that roles of the project got", () => {
  const refusal = (role: string) =>
    `User: arn:aws:sts::111111111111:assumed-role/${role}/session is not authorized to perform: s3:GetObject`;
  const ci = refusal("mlops-dev-p-abcdefghijkl-ci");
  const others = [refusal("mlops-dev-p-abcdefghijkl-ci-other"), refusal("OrganizationAccountAccessRole")];
  expect(refusedTo(["mlops-dev-p-abcdefghijkl-ci"], [...others, ci])).toEqual([ci]);
});
