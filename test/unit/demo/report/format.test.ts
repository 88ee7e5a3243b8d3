import { arnParts } from "../../../../demo/report/text/arn";
import {
  clock,
  count,
  dateTime,
  duration,
  interval,
  percent,
  plural,
  shorten,
} from "../../../../demo/report/text/format";

const plain = (text: string): string => text.replaceAll("\u00A0", " ");

test("no line break divides a length of time", () => {
  expect(duration(194.1)).toBe("3\u00A0min\u00A014\u00A0s");
});

test("an interval is its value, then its bounds", () => {
  expect(interval({ value: 0.9513, low: 0.9181, high: 0.98461 })).toBe("0.951 (0.918 to 0.985)");
});

test.each([
  [0, "0 %"],
  [4 / 48, "8.3 %"],
  [1, "100 %"],
])("a share of %d reads as %s", (share, text) => {
  expect(plain(percent(share))).toBe(text);
});

test("thousands stand apart", () => {
  expect([0, 999, 1000, 1234567].map(count)).toEqual(["0", "999", "1,000", "1,234,567"]);
});

test("one thing is not several", () => {
  expect([1, 2].map((value) => plain(plural(value, "step")))).toEqual(["1 step", "2 steps"]);
});

test("times are described in UTC, whatever the offset they came with", () => {
  expect(dateTime("2026-11-21T01:12:03+05:00")).toBe("20 November 2026, 20:12:03 UTC");
  expect(clock("2026-11-21T08:12:03.900Z")).toBe("08:12:03");
});

test("text that is no time stays as it is", () => {
  expect([dateTime("soon"), clock("soon")]).toEqual(["soon", "soon"]);
});

test("a long text keeps its beginning and end", () => {
  expect(shorten("Mammo-Inference-monitoring", 11)).toBe("Mammo…oring");
  expect(shorten("short", 5)).toBe("short");
});

test("an ARN is described by account and name", () => {
  expect(arnParts("arn:aws:iam::222222222222:role/service/sagemaker-execution-role")).toEqual({
    account: "222222222222",
    name: "service/sagemaker-execution-role",
  });
  expect(arnParts("arn:aws:sns:us-east-1:222222222222:topic")?.name).toBe("topic");
  expect(arnParts("events.amazonaws.com")).toBeUndefined();
});
