/** Kinds of resource whose ids AWS draws, by the first part of those ids. */
export const drawnKinds = {
  aws_route_table: ["rtb", "route-table"],
  aws_security_group: ["sg", "security-group"],
  aws_subnet: ["subnet", "subnet"],
  aws_vpc: ["vpc", "vpc"],
  aws_vpc_endpoint: ["vpce", "vpc-endpoint"],
} as const;

export type DrawnType = keyof typeof drawnKinds;

/** Stands where an id would: what AWS draws one for, by the name in its tag `Name`. */
export const standInId = (type: DrawnType, name: string): string => `${drawnKinds[type][0]}-of-${name}`;

const idOrStandIn = /\b(sg|subnet|vpc)-(?:of-[\w-]+|[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/g;

export const holdsStandIn = (text: string): boolean => /\b(?:sg|subnet|vpc)-of-/.test(text);

/** Text in which no id or stand-in differs from another of its kind. */
export const withAnyIds = (text: string): string => text.replaceAll(idOrStandIn, "$1-any");
