interface Partition {
  readonly name: string;
  /** End of the host names of its services. */
  readonly dnsSuffix: string;
}

const commercial: Partition = { name: "aws", dnsSuffix: "amazonaws.com" };

/** The other partitions, by the start of their regions' names. */
const others: readonly (readonly [prefix: string, Partition])[] = [
  ["cn-", { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" }],
  ["us-gov-", { name: "aws-us-gov", dnsSuffix: "amazonaws.com" }],
];

/**
 * The partition that a region is in: nothing is shared across partitions, and every ARN starts with its own.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export const partitionOf = (region: string): Partition =>
  others.find(([prefix]) => region.startsWith(prefix))?.[1] ?? commercial;
