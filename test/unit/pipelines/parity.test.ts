import trainGolden from "../../parity/golden/train.json";
import inferenceGolden from "../../parity/golden/inference.json";
import moreKindsGolden from "../../parity/golden/more-kinds.json";
import stepKindsGolden from "../../parity/golden/step-kinds.json";
import { joined } from "../../support/more-kinds";
import { stepKinds } from "../../support/step-kinds";
import { mammoSeverity } from "../../support/mammo-severity";
import { rendered, type RenderedStep } from "../../support/model";

/** Every leaf of a value by its path; items of lists of named things are told by their names. */
function leaves(value: unknown, path = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[path, value]]);
  const entries = Array.isArray(value)
    ? value.map(
        (item, index) => [(item as Partial<RenderedStep> | null)?.Name ?? String(index), item] as const,
      )
    : Object.entries(value);
  if (entries.length === 0) return new Map([[path, Array.isArray(value) ? "[]" : "{}"]]);
  return new Map(entries.flatMap(([key, child]) => [...leaves(child, `${path}/${key}`)]));
}

/** Paths at which two definitions differ, with both values. */
function differences(ours: unknown, theirs: unknown): Record<string, readonly [unknown, unknown]> {
  const [a, b] = [leaves(ours), leaves(theirs)];
  const paths = [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
  return Object.fromEntries(paths.toSorted().map((path) => [path, [a.get(path), b.get(path)]]));
}

/** The SDK knows no content hashes; its script rendered `HASH` in their place. */
const withoutHashes = (definition: unknown): unknown =>
  JSON.parse(JSON.stringify(definition).replaceAll(/\/scripts\/[0-9a-f]{12}\//g, "/scripts/HASH/"));

/** The SDK writes null where a key has no value; we leave such keys out, which SageMaker reads the same way. */
const leftOut = [undefined, null] as const;

test("the train pipeline is what AWS's own SDK renders, but for keys without a value", () => {
  const quality = "/Steps/Mammo-CheckAUCScore/Arguments/IfSteps/Mammo-DataQualityCheck";
  expect(differences(withoutHashes(rendered(mammoSeverity().train)), trainGolden)).toEqual({
    [`${quality}/ModelPackageGroupName`]: leftOut,
    [`${quality}/SuppliedBaselineConstraints`]: leftOut,
    [`${quality}/SuppliedBaselineStatistics`]: leftOut,
  });
});

test("the inference pipeline is what AWS's own SDK renders, but for keys without a value", () => {
  expect(differences(withoutHashes(rendered(mammoSeverity().inference)), inferenceGolden)).toEqual({
    "/Steps/Mammo-Inference-monitoring/ModelPackageGroupName": leftOut,
  });
});

test("step kinds that neither pipeline uses are what AWS's own SDK renders, but for keys without a value", () => {
  const quality = "/Steps/Gate/Arguments/ElseSteps/Quality";
  expect(differences(withoutHashes(rendered(stepKinds())), stepKindsGolden)).toEqual({
    [`${quality}/ModelPackageGroupName`]: leftOut,
    [`${quality}/SuppliedBaselineConstraints`]: leftOut,
    [`${quality}/SuppliedBaselineStatistics`]: leftOut,
  });
});

test("a transform step that filters and joins records is what AWS's own SDK renders", () => {
  const [ours] = rendered(joined()).Steps;
  const theirs = moreKindsGolden.Steps.find(({ Name }) => Name === "Joined");
  expect(ours?.Arguments).toEqual(theirs?.Arguments);
});

test("the comparison sees a changed value, a missing key and an added step", () => {
  const ours = { Steps: [{ Name: "A", x: 1 }, { Name: "B" }] };
  expect(differences(ours, { Steps: [{ Name: "A", x: 2, y: 3 }] })).toEqual({
    "/Steps/A/x": [1, 2],
    "/Steps/A/y": [undefined, 3],
    "/Steps/B/Name": ["B", undefined],
  });
});
