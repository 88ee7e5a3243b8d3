import { z } from "zod";
import { flag } from "./formats";
import { object } from "./object";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html */
const most = { subnet: 16, sg: 5 } as const;

type Given = readonly string[];

const noneTwice = (given: Given, context: z.core.$RefinementCtx): void => {
  given.forEach((one, index) => {
    if (given.indexOf(one) < index)
      context.addIssue({ code: "custom", path: [index], message: "must not stand twice" });
  });
};

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
    .superRefine(noneTwice);
}

const zoneRule = "must be the letter that an Availability Zone's name ends with, a to h";
const zones = z
  .array(z.string(zoneRule).regex(/^[a-h]$/, zoneRule), "must be a list")
  .refine(({ length }) => length >= 2, "must be two zones or more")
  .superRefine(noneTwice);

const serviceRule = "must be a service as endpoints name it, such as sts or ecr.dkr";
const services = z
  .array(
    z.string(serviceRule).regex(/^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?$/, serviceRule),
    "must be a list",
  )
  .superRefine(noneTwice);

const cidrRule = "must be a private IPv4 block of 16 to 24 bits, such as 10.0.0.0/20";
const cidr = z.string(cidrRule).refine(isPrivateBlock, cidrRule);

/** https://datatracker.ietf.org/doc/html/rfc1918 */
function isPrivateBlock(text: string): boolean {
  const [, first, second, third, fourth, bits] =
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (first === undefined || second === undefined || third === undefined || bits === undefined) return false;
  const isPrivate =
    first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
  const isBlock = fourth === 0 && third % 2 ** (24 - bits) === 0;
  return isPrivate && second <= 255 && third <= 255 && bits >= 16 && bits <= 24 && isBlock;
}

const oneOf = 'must have either "create", or "subnetIds" and "securityGroupIds", and not both';
const ofTheMade = ["cidr", "zones", "services"] as const;

const subnetIds = ids("subnet", "subnet").describe(
  "Subnets that stand already, at best private ones in two zones.",
);
const securityGroupIds = ids("sg", "security group").describe(
  "Security groups of jobs and functions, which stand already.",
);

/** The key `network` of a file whose account makes none of its own. */
export const network = object({ subnetIds, securityGroupIds }).optional();

/** The key `network` of a workload's file: its presence puts jobs and functions there. */
export const workloadNetwork = object({
  subnetIds: subnetIds.optional(),
  securityGroupIds: securityGroupIds.optional(),
  create: z
    .literal(true, "must be true; leave the key out to name a network that stands")
    .optional()
    .describe(
      "Whether the stacks make a network of their own: private subnets, endpoints with policies, no way out.",
    ),
  cidr: cidr.optional().describe("IPv4 block of the network to create; it stays. Default: 10.0.0.0/20."),
  zones: zones
    .optional()
    .describe(
      "Availability Zones of the network to create, by their letters; none is taken away later. Default: a and b.",
    ),
  services: services
    .optional()
    .describe(
      "Further AWS services that the network to create leads to, for steps with needsNetwork, such as sts. Default: none.",
    ),
  requiredByDataBucket: flag
    .optional()
    .describe(
      "Whether the data bucket refuses jobs' roles rows that are not asked for from within the network. Default: false.",
    ),
})
  .superRefine((given, context) => {
    const { subnetIds, securityGroupIds, create } = given;
    const named = [subnetIds, securityGroupIds].filter((list) => list !== undefined).length;
    const require = (key: string, missing: boolean): void => {
      if (missing) context.addIssue({ code: "custom", path: [key], message: "is required" });
    };
    if ((create === undefined) === (named === 0)) {
      context.addIssue({ code: "custom", message: oneOf });
      return;
    }
    require("subnetIds", named === 1 && subnetIds === undefined);
    require("securityGroupIds", named === 1 && securityGroupIds === undefined);
    for (const key of ofTheMade)
      if (create === undefined && given[key] !== undefined)
        context.addIssue({ code: "custom", path: [key], message: 'must stand beside "create"' });
  })
  .optional()
  .describe(
    "A network in which jobs, functions and endpoints run: one that stands, which leads to S3, CloudWatch and SageMaker's API, or one that the stacks make. Default: SageMaker's and Lambda's own.",
  );
