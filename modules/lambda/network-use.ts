import type { Management } from "../../core/management";

/**
 * What putting functions in a network takes of whoever applies them, beside managing the functions.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const networkUse: Management = {
  service: "ec2",
  actions: ["DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcs"],
  resources: ["*"],
};
