import { App, Fn, TerraformOutput, TerraformStack } from "cdktf";
import { withoutTokenTraces } from "../../../stacks/synthesise";

const renderer = (): unknown => Reflect.get(Error, "prepareStackTrace");

test("errors keep their stack traces while tokens have none", () => {
  const before = renderer();
  let failure = new Error();
  let trace: readonly string[] = ["none taken"];
  withoutTokenTraces(() => {
    const output = new TerraformOutput(new TerraformStack(new App(), "s"), "o", {
      value: Fn.join(",", ["a"]),
    });
    trace = (output.value as { creationStack?: string[] }).creationStack ?? [];
    failure = new Error("what went wrong");
  });
  expect(trace).toEqual([]);
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
