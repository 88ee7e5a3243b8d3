import { holdingsIn } from "../../../../deploy/destruction/state-contents";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";

const [stack] = listStacks(readEstate(), models);
if (!stack) throw new Error("the tests' estate has stacks");

const resource = (type: string, name: string, attributes = {}, mode: "managed" | "data" = "managed") => ({
  mode,
  type,
  name,
  instances: [{ attributes }],
});

test("a state's resources are counted, and those that hold data named with what is lost", () => {
  const holdings = holdingsIn(stack, {
    resources: [
      resource("aws_s3_bucket", "data", { bucket: "my-data" }),
      resource("aws_sagemaker_model_package_group", "group", { model_package_group_name: "my-models" }),
      resource("aws_iam_role", "role"),
      resource("aws_region", "here", {}, "data"),
    ],
  });
  expect(holdings).toMatchObject({
    id: stack.id,
    resources: 3,
    losses: [
      { address: "aws_s3_bucket.data", action: "destroy", losing: "objects" },
      { address: "aws_sagemaker_model_package_group.group", losing: "model versions" },
    ],
    containers: [
      { type: "aws_s3_bucket", name: "my-data" },
      { type: "aws_sagemaker_model_package_group", name: "my-models" },
    ],
  });
});

test("a resource without an instance stands no more", () => {
  const resources = [{ ...resource("aws_s3_bucket", "data"), instances: [] }];
  expect(holdingsIn(stack, { resources })).toMatchObject({ resources: 0, losses: [], containers: [] });
});
