import { Lazy } from "cdktf";
import { withoutTokenTraces } from "../../../stacks/synthesise";

const renderer = (): unknown => Reflect.get(Error, "prepareStackTrace");

const traceOfToken = (): unknown => Lazy.anyValue({ produce: () => 1 }).creationStack;

test("errors keep their stack traces while tokens have none", () => {
  const before = renderer();
  expect(traceOfToken()).toContainEqual(expect.stringContaining("synthesise.test.ts"));
  let failure = new Error();
  withoutTokenTraces(() => {
    expect(traceOfToken()).toEqual([]);
    failure = new Error("what went wrong");
  });
  expect(failure.stack).toMatch(/what went wrong\n {4}at .*synthesise\.test\.ts:/);
  expect(renderer()).toBe(before);
});

test("what is thrown comes through, with the old way of rendering traces put back", () => {
  const before = renderer();
  expect(() => {
    withoutTokenTraces(() => {
      throw new Error("no");
    });
  }).toThrow("no");
  expect(renderer()).toBe(before);
});
