import { acceptableRelease } from "../../../../deploy/releases/acceptable";
import {
  accepted,
  described,
  repository,
  run,
  version,
  type Described,
} from "../../../support/model-versions";

const approved: Described = {
  ...described,
  ModelPackageArn: version(2),
  ModelPackageVersion: 2,
  ModelApprovalStatus: "Approved",
};

test("an approved version becomes a release of its own image and artifact", () => {
  expect(acceptableRelease(approved, accepted, "4c70dcc0")).toEqual({
    version: 2,
    modelPackageArn: version(2),
    image: `${repository}:3.0-5`,
    modelData: `${run}model.tar.gz`,
    key: "2-4c70dcc0",
  });
});

test("an image is taken by the digest that was recorded, which a tag that moves does not change", () => {
  const digest = `sha256:${"ab".repeat(32)}`;
  const container = { ...approved.InferenceSpecification?.Containers?.[0], ImageDigest: digest };
  const recorded = { ...approved, InferenceSpecification: { Containers: [container] } } as Described;
  expect(acceptableRelease(recorded, accepted, "4c70dcc0").image).toBe(`${repository}@${digest}`);
});

const served = (Image: string, ModelDataUrl: string): Described => ({
  ...approved,
  InferenceSpecification: { Containers: [{ Image, ModelDataUrl }] },
});

test.each<[string, Described, string]>([
  [
    "that waits",
    { ...approved, ModelApprovalStatus: "PendingManualApproval" },
    "must be Approved, is Pending",
  ],
  ["that was rejected", { ...approved, ModelApprovalStatus: "Rejected" }, "must be Approved, is Rejected"],
  ["of a foreign image", served("evil/image:1", `${run}model.tar.gz`), "must have an image of 683313688378"],
  [
    "with an artifact from elsewhere",
    served(`${repository}:3.0-5`, "s3://elsewhere/model.tar.gz"),
    "must have its artifact below s3://artifacts/dev/mammo-severity/versions/ or ",
  ],
  [
    "of two containers",
    { ...approved, InferenceSpecification: { Containers: [{ Image: "a" }, { Image: "b" }] } },
    "must have one container, has 2",
  ],
])("a version %s is refused", (_what, given, problem) => {
  expect(() => acceptableRelease(given, accepted, "4c70dcc0")).toThrow(
    `Model package ${version(2)} ${problem}`,
  );
});
