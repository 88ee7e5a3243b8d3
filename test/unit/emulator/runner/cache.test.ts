import { cacheKey, milliseconds, StepCache } from "../../../../emulator/runner/execution/cache";
import type { StepDefinition } from "../../../../emulator/runner/definition/schema";

const minute = 60_000;
const day = 24 * 60 * minute;

test.each([
  ["P30D", 30 * day],
  ["30d", 30 * day],
  ["5y", 5 * 365 * day],
  ["T16m", 16 * minute],
  ["30dT5h", 30 * day + 300 * minute],
  ["PT1H30M", 90 * minute],
  ["P1M", 30 * day],
  ["P2W", 14 * day],
  ["PT10S", 10_000],
  [null, Infinity],
  [undefined, Infinity],
])("%s lasts %d milliseconds", (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

const step = (Type: string): StepDefinition => ({
  Name: "A",
  Type,
  Arguments: {},
  CacheConfig: { Enabled: true, ExpireAfter: "PT1M" },
});
const key = (type: string, request: object, settings: object = {}, pipeline = "arn:1") =>
  cacheKey(pipeline, step(type), { arguments: request as never, settings: settings as never });

test("a processing step is the same by its image, environment and inputs", () => {
  const request = { AppSpecification: 1, Environment: 2, ProcessingInputs: 3 };
  const same = key("Processing", {
    ...request,
    ProcessingResources: 9,
    RoleArn: 9,
    ProcessingOutputConfig: 9,
  });
  expect(same).toBe(key("Processing", request));
  for (const name of Object.keys(request))
    expect(key("Processing", { ...request, [name]: 9 })).not.toBe(key("Processing", request));
});

test("other steps are the same by all they are asked, but not by how they are run", () => {
  const lambda = key("Lambda", { x: 1 }, { FunctionArn: "f" });
  expect(key("Lambda", { x: 1 }, { FunctionArn: "g" })).not.toBe(lambda);
  expect(key("Lambda", { x: 2 }, { FunctionArn: "f" })).not.toBe(lambda);
  expect(key("Lambda", { x: 1 }, { FunctionArn: "f", DisplayName: "F", DependsOn: ["B"] })).toBe(lambda);
});

test("a pipeline of one name in two accounts is two pipelines", () => {
  expect(key("Lambda", {}, {}, "arn:1")).not.toBe(key("Lambda", {}, {}, "arn:2"));
});

test("the newest result within its time is found", () => {
  const cache = new StepCache();
  const definition = step("Processing");
  const result = { metadata: {}, properties: {} };
  const clock = jest.spyOn(Date, "now").mockReturnValue(0);
  cache.keep("k", definition, "first", result);
  cache.keep("k", definition, "second", result);
  expect(cache.find("k", definition)?.executionArn).toBe("second");
  expect(cache.find("other", definition)).toBeUndefined();
  clock.mockReturnValue(minute);
  expect(cache.find("k", definition)).toBeDefined();
  clock.mockReturnValue(minute + 1);
  expect(cache.find("k", definition)).toBeUndefined();
  clock.mockRestore();
});

test("nothing is kept or found where caching is off", () => {
  const cache = new StepCache();
  const off = { ...step("Processing"), CacheConfig: { Enabled: false } };
  const result = { metadata: {}, properties: {} };
  cache.keep("k", off, "arn", result);
  expect(cache.find("k", step("Processing"))).toBeUndefined();
  cache.keep("k", step("Processing"), "arn", result);
  expect(cache.find("k", off)).toBeUndefined();
});
