import { afterRelease, configurationName, parseRecorded, type Release } from "../../../core/releases";

const release = (version: number, settings = "a"): Release => ({
  version,
  modelPackageArn: `arn:aws:sagemaker:us-east-1:333333333333:model-package/group/${version}`,
  image: "image",
  modelData: "s3://artifacts/model.tar.gz",
  key: `${version}-${settings}`,
});

test("what serves is recorded with what served before, and nothing older", () => {
  expect(afterRelease(release(1), [])).toEqual([release(1)]);
  expect(afterRelease(release(2), [release(1)])).toEqual([release(2), release(1)]);
  expect(afterRelease(release(3), [release(2), release(1)])).toEqual([release(3), release(2)]);
});

test("what served before and serves again leaves the other to go back to", () => {
  expect(afterRelease(release(1), [release(2), release(1)])).toEqual([release(1), release(2)]);
});

test("a release that is made again, as after a kill, keeps what served before it", () => {
  expect(afterRelease(release(2), [release(2), release(1)])).toEqual([release(2), release(1)]);
});

test("a version with other settings is another release of it", () => {
  expect(afterRelease(release(2, "b"), [release(2, "a"), release(1)])).toEqual([
    release(2, "b"),
    release(2, "a"),
  ]);
});

test.each(["{}", '[{"version":"2"}]', JSON.stringify([release(1), release(2), release(3)])])(
  "a parameter that holds anything else is refused: %s",
  (text) => {
    expect(() => parseRecorded(text, "/p")).toThrow(
      `parameter /p must hold up to two releases, got: ${text}`,
    );
  },
);

test("names of configurations are within SageMaker's limit", () => {
  expect(configurationName("mammo-severity", "2-4c70dcc0")).toBe("mammo-severity-2-4c70dcc0");
  expect(() => configurationName("m".repeat(60), "2-4c70dcc0")).toThrow("must be at most 63 characters");
});
