import { histogram, sharesOf } from "../../../../demo/report/svg/histogram";
import { axisOf } from "../../../../demo/report/svg/interval-plot";
import { rocCurve } from "../../../../demo/report/svg/roc-curve";
import { linear, ticks, timeTicks } from "../../../../demo/report/svg/scale";
import { timeline } from "../../../../demo/report/svg/timeline";
import { drift } from "./fixture/drift";
import { versions } from "./fixture/versions";
import { attribute, texts } from "./support/tags";

test("ticks are round and within their range", () => {
  expect(ticks(0.5, 1, 5)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  expect(ticks(18, 96, 5)).toEqual([20, 40, 60, 80]);
  expect(ticks(3, 3, 5)).toEqual([3]);
});

test("ticks of time are those of a clock", () => {
  expect(timeTicks(194, 8)).toEqual([0, 30, 60, 90, 120, 150, 180]);
  expect(timeTicks(4, 8)).toEqual([0, 1, 2, 3, 4]);
});

test("a range without extent goes to the middle", () => {
  expect(linear([2, 2], [0, 100])(2)).toBe(50);
});

test("stages stand on one axis by begin and length", () => {
  const stretches = [
    { tone: "good", begin: 0, seconds: 30 },
    { tone: "bad", begin: 30, seconds: 90 },
  ] as const;
  const { axis, bar } = timeline(stretches);
  expect(texts(axis.text, "text")).toEqual([
    "0",
    "0:15",
    "0:30",
    "0:45",
    "1:00",
    "1:15",
    "1:30",
    "1:45",
    "2:00",
  ]);
  expect(bar(stretches[1]).text).toContain('class="bar bad" x="25.00%" y="9" width="75.00%"');
});

test("a drill without stages or time still has an axis", () => {
  expect(texts(timeline([]).axis.text, "text")[0]).toBe("0");
});

test("the axis of AUCs begins at guessing, and lower only where an interval does", () => {
  expect(axisOf([{ value: 0.95, low: 0.91, high: 0.98 }])).toEqual([0.5, 1]);
  expect(axisOf([{ value: 0.6, low: 0.43, high: 0.77 }])).toEqual([0.4, 1]);
});

test("a ROC curve goes from the lower left to the upper right corner, others faintly behind it", () => {
  const [version, other] = versions;
  if (!version || !other) throw new Error("the fixture has two versions");
  const { text } = rocCurve({ id: "roc", version, others: [other] });
  const [faint = "", curve = ""] = attribute(text, "d");
  expect(curve).toMatch(/^M42 246/);
  expect(curve).toMatch(/L290 10$/);
  expect(curve.match(/[ML]/g)).toHaveLength(version.curve.length);
  expect(faint.match(/[ML]/g)).toHaveLength(other.curve.length);
  expect(texts(text, "desc")[0]).toContain("area under the curve 0.951 (0.918 to 0.985)");
});

test("shares are of all rows, those without a value too", () => {
  const buckets = [{ lower: 0, upper: 1, count: 3 }];
  expect(sharesOf({ present: 3, missing: 1, buckets })).toEqual({
    buckets: [{ lower: 0, upper: 1, share: 0.75 }],
    missing: 0.25,
  });
  expect(sharesOf({ present: 0, missing: 0, buckets: [] })).toEqual({ buckets: [], missing: 0 });
});

test("a histogram draws a bar for each bucket that holds rows, and one for missing values where there are some", () => {
  const [, age, , , density] = drift;
  if (!age || !density) throw new Error("the fixture has five columns");
  const [first, second] = [histogram("a", age).text, histogram("b", density).text];
  expect(first.match(/class="baseline"/g)).toHaveLength(10);
  expect(second.match(/class="baseline"/g)).toHaveLength(4);
  expect(attribute(first, "d")[0]?.match(/M/g)).toHaveLength(1);
  expect(attribute(second, "d")[0]?.match(/M/g)).toHaveLength(2);
});

test("a histogram says in words what it shows", () => {
  const [, , , , density] = drift;
  if (!density) throw new Error("the fixture has five columns");
  const [described = ""] = texts(histogram("b", density).text, "desc");
  expect(described.replaceAll("\u00A0", " ")).toContain(
    "2.5 to 3.5: 89.6 % of the baseline&#39;s rows, 85.4 % of the batch&#39;s. ",
  );
  expect(described.replaceAll("\u00A0", " ")).toMatch(
    /Missing: 0 % of the baseline&#39;s rows, 8.3 % of the batch&#39;s\.$/,
  );
});

test("a column that holds no number at all still has a picture", () => {
  const nothing = { present: 0, missing: 5, buckets: [] };
  const { text } = histogram("n", {
    name: "_c0",
    title: "n",
    baseline: nothing,
    batch: nothing,
    violations: [],
  });
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
  expect(text.match(/class="baseline"/g)).toHaveLength(1);
});
