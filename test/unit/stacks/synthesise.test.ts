import { Lazy } from "cdktf";
import { withoutTokenTraces } from "../../../stacks/synthesise";

const capture = (): unknown => Reflect.get(Error, "captureStackTrace");

const traceOfToken = (): unknown => Lazy.anyValue({ produce: () => 1 }).creationStack;

test("errors keep their stack traces while tokens have none", () => {
  const before = capture();
  expect(traceOfToken()).toContainEqual(expect.stringContaining("synthesise.test.ts"));
  let failure = new Error();
  withoutTokenTraces(() => {
    expect(capture()).not.toBe(before);
    expect(traceOfToken()).toEqual([]);
    failure = new Error("what went wrong");
  });
  expect(failure.stack).toMatch(/what went wrong\n {4}at .*synthesise\.test\.ts:/);
  expect(capture()).toBe(before);
});

test("what is thrown comes through, with the old way of taking traces put back", () => {
  const before = capture();
  expect(() => {
    withoutTokenTraces(() => {
      throw new Error("no");
    });
  }).toThrow("no");
  expect(capture()).toBe(before);
});
