import { describeNeeds } from "../../../cli/needs-of-runs";

const need = (environment: string, step: string, field: string, allowed: string | undefined) => ({
  environment,
  pipeline: "train",
  step,
  may: "read" as const,
  field,
  from: "Parameters.Rates",
  allowed,
});

test("needs that are allowed alike in all environments of a pipeline share a line, and others say where they are", () => {
  expect(
    describeNeeds([
      need("dev", "A", "x", "versions of the model"),
      need("dev", "A", "y", "versions of the model"),
      need("dev", "B", "z", "what is below s3://dev/"),
      need("prod", "A", "x", "versions of the model"),
      need("prod", "A", "y", "versions of the model"),
      need("prod", "B", "z", undefined),
    ]),
  ).toEqual([
    "train (dev, prod), what only a run knows:",
    "  A may read x (Parameters.Rates), y (Parameters.Rates): versions of the model",
    "  B may read z (Parameters.Rates): what is below s3://dev/ (dev), nothing lets it (prod)",
  ]);
  expect(describeNeeds([])).toEqual([]);
});
