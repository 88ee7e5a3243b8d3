import { mapped, onThisMachine, withinContainer } from "../../../../emulator/runner/jobs/container";
import { jobName } from "../../../../emulator/runner/jobs/job";
import { locationOf, relativeKey } from "../../../../emulator/runner/jobs/s3";

test.each([
  ["s3://bucket/a/b.csv", "bucket", "a/b.csv"],
  ["s3://bucket/a/", "bucket", "a/"],
  ["s3://bucket", "bucket", ""],
  ["s3://bucket/", "bucket", ""],
])("%s is in %s at %j", (uri, bucket, key) => {
  expect(locationOf(uri)).toEqual({ bucket, key });
});

test.each(["https://bucket/a", "s3:///a", "bucket/a", ""])("%j is no S3 URI", (uri) => {
  expect(() => locationOf(uri)).toThrow(`ClientError: ${JSON.stringify(uri)} is not an S3 URI`);
});

test.each([
  ["a/b/", "a/b/c/d.csv", "c/d.csv"],
  ["a/b", "a/b/c/d.csv", "c/d.csv"],
  ["a/b.csv", "a/b.csv", "b.csv"],
  ["a/par", "a/part-1.csv", "part-1.csv"],
  ["", "a/b.csv", "a/b.csv"],
  ["b.csv", "b.csv", "b.csv"],
])("below the prefix %j the key %s is the file %s", (prefix, key, file) => {
  expect(relativeKey(prefix, key)).toBe(file);
});

test("without a namespace, the container's paths are put in the job's folder, other text is left alone", () => {
  const environment = { dataset_source: "/opt/ml/processing/in", text: "see /opt/ml", other: "/opt/mlx" };
  const command = ["python3", "/opt/ml/code/a.py", "--out", "/opt/ml"];
  expect(mapped({ folder: "/jobs/1", command, environment })).toEqual({
    command: ["python3", "/jobs/1/code/a.py", "--out", "/jobs/1"],
    environment: {
      dataset_source: "/jobs/1/processing/in",
      text: "see /opt/ml",
      other: "/opt/mlx",
      ML_ROOT: "/jobs/1",
      PROCESSING_ROOT: "/jobs/1/processing",
    },
  });
});

test.each([
  ["/opt/ml/processing/in", "/jobs/1/processing/in"],
  ["/opt/ml/processing/in/", "/jobs/1/processing/in"],
  ["/opt/ml/a/../b", "/jobs/1/b"],
])("the container's %s is %s", (path, expected) => {
  expect(withinContainer("/jobs/1", path)).toBe(expected);
});

test.each(["/opt/ml", "/opt/ml/", "/tmp/x", "/opt/ml/../../etc", "processing", "", undefined])(
  "a request may not name %s",
  (path) => {
    expect(() => withinContainer("/jobs/1", path)).toThrow(
      "ClientError: LocalPath must be below /opt/ml, got: ",
    );
  },
);

test("a path elsewhere is this machine's own", () => {
  expect(onThisMachine("/jobs/1", "/usr/bin/env")).toBe("/usr/bin/env");
});

test("a job's name is SageMaker's: its execution and step, no two alike, at most 63 characters", () => {
  const name = jobName("abcdefghijkl", "Prepare_the_data_of_the_whole_estate");
  expect(name).toMatch(/^pipelines-abcdefghijkl-Prepare-the-data-of-the--[0-9a-f]{10}$/);
  expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
  expect(jobName("abcdefghijkl", "A")).not.toBe(jobName("abcdefghijkl", "A"));
});
