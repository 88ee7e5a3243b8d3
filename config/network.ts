import { z } from "zod";
import { object } from "./object";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html */
const most = { subnet: 16, sg: 5 } as const;

function ids(prefix: keyof typeof most, what: string) {
  const rule = `must be the id of a ${what}, such as ${prefix}-0123456789abcdef0`;
  return z
    .array(
      z.string(rule).regex(new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`), rule),
      "must be a list",
    )
    .refine(
      ({ length }) => length > 0 && length <= most[prefix],
      `must be 1 to ${most[prefix]} ids of ${what}s`,
    )
    .superRefine((given, context) => {
      given.forEach((id, index) => {
        if (given.indexOf(id) < index)
          context.addIssue({ code: "custom", path: [index], message: "must not stand twice" });
      });
    });
}

/** The key `network` of a workload's file: its presence puts jobs and functions there. */
export const network = object({
  subnetIds: ids("subnet", "subnet").describe("Subnets, at best private ones in two zones."),
  securityGroupIds: ids("sg", "security group").describe("Security groups of jobs and functions."),
})
  .optional()
  .describe(
    "A network that stands already, in which jobs and functions run; it leads to S3, CloudWatch and SageMaker's API. Default: SageMaker's and Lambda's own.",
  );
