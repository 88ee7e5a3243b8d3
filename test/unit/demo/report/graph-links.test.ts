import { linksOf } from "../../../../demo/report/svg/graph-links";
import type { StepReport } from "../../../../demo/report/types";
import { inferenceSteps, trainSteps } from "./fixture/steps";

const arrows = (steps: readonly StepReport[]): string[] =>
  linksOf(steps).map(({ from, to, side }) => `${from} -> ${to}${side ? ` (${side})` : ""}`);

const step = (name: string, after: readonly string[]): StepReport => ({
  name,
  kind: "Processing",
  status: "Succeeded",
  after,
});

test("edges that others imply are left out, and branches say their side", () => {
  expect(arrows(trainSteps([1, 1, 1, 1, 1]))).toEqual([
    "Mammo-PreProcessing -> Mammo-Train",
    "Mammo-Train -> Mammo-Eval",
    "Mammo-Eval -> Mammo-CheckAUCScore",
    "Mammo-CheckAUCScore -> Mammo-DataQualityCheck (if)",
    "Mammo-DataQualityCheck -> Mammo-RegisterModel",
    "Mammo-CheckAUCScore -> Mammo-AUCFail (else)",
  ]);
});

test("steps that run side by side each have their own edge", () => {
  expect(arrows(inferenceSteps([1, 1, 1, 1]))).toEqual([
    "Mammo-LatestApprovedModel -> Mammo-CreateModel",
    "Mammo-CreateModel -> Mammo-Inference-transform",
    "Mammo-Inference-monitoring -> Mammo-Inference-transform",
    "Mammo-LatestApprovedModel -> Mammo-Inference-monitoring",
  ]);
});

test("a step that is named twice, unknown or the step itself makes no edge of its own", () => {
  expect(arrows([step("a", ["a", "nowhere"]), step("b", ["a", "a"])])).toEqual(["a -> b"]);
});

test("steps that wait for each other do not hang the report", () => {
  expect(arrows([step("a", ["c"]), step("b", ["a"]), step("c", ["b"])])).toHaveLength(3);
});
