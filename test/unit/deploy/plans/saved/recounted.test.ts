import { recountDifferences } from "../../../../../deploy/plans/saved/recounted";

const none = { create: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, unchanged: 3 };
const loss = { address: "aws_s3_bucket.data", action: "destroy", losing: "objects" } as const;
const found = { counts: { ...none, destroy: 1 }, losses: [loss] };

test("a manifest that says what the plan does has no difference", () => {
  expect(recountDifferences({ counts: { ...none, destroy: 1 }, losses: [{ ...loss }] }, found)).toEqual([]);
});

test("a manifest without the losses of its plan lifts nothing", () => {
  expect(recountDifferences({ counts: found.counts, losses: [] }, found)).toEqual([
    "the saved plan would destroy aws_s3_bucket.data and lose objects, of which the manifest says nothing",
  ]);
});

test("nor does one that counts otherwise, or names what is not lost", () => {
  expect(
    recountDifferences({ counts: { ...none, change: 1 }, losses: [loss] }, { counts: none, losses: [] }),
  ).toEqual([
    "the manifest says 1 to change, the saved plan itself nothing pending",
    "the manifest says that aws_s3_bucket.data would be lost, and the saved plan keeps it",
  ]);
});
