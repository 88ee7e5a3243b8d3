import { containerImage } from "../../../pipelines/definition";
import type { Estate } from "../../../config/schema";
import { partitionOf } from "../../../core/partition";
import { synthesisedStacks } from "../../support/synthesised";
import { readEstate } from "../../support/estate";

/** An estate as if it were in another region, which no rule of the configuration need accept. */
function estateIn(region: string): Estate {
  const { shared, environments } = readEstate();
  return {
    shared: { ...shared, region },
    environments: environments.map((environment) => ({ ...environment, region })),
  };
}

test.each([
  ["eu-central-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("%s is in the partition %s", (region, partition) => {
  expect(partitionOf(region).name).toBe(partition);
});

test("every ARN of an estate in China is of that partition, and images come from its registries", () => {
  const text = JSON.stringify(synthesisedStacks(estateIn("cn-north-1")));
  expect(text).toContain("arn:aws-cn:iam::222222222222:role/sagemaker-execution-role");
  expect(text).toContain("450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost");
  expect(text).toContain("arn:aws-cn:ecr:cn-north-1:450853457545:repository/sagemaker-xgboost");
  expect(text).toContain("logs.cn-north-1.amazonaws.com.cn");
  expect([...text.matchAll(/\barn:aws(?!-cn:)[^"\\]*/g)].map(([arn]) => arn)).toEqual([]);
});

test("AWS publishes the frameworks' images in GovCloud, and no Model Monitor", () => {
  expect(containerImage("xgboost", "us-gov-west-1")).toMatch(
    /^414596584902\.dkr\.ecr\.us-gov-west-1\.amazonaws\.com\//,
  );
  expect(() => containerImage("model-monitor", "us-gov-west-1")).toThrow(/publishes no model-monitor image/);
});
