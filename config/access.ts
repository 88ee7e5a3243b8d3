import { z } from "zod";
import type { AccessRole } from "../core/access-roles";
import { object } from "./object";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const principalPattern =
  /^arn:aws(?:-cn|-us-gov)?:iam::\d{12}:(?:role|user)\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
const principalRule =
  'must be the ARN of a role or user, such as "arn:aws:iam::444455556666:role/DataScientists", without wildcards';

const principals = z
  .array(z.string(principalRule).regex(principalPattern, principalRule), "must be a list of ARNs")
  .min(1, "must name at least one; leave the key out to make no such role")
  .superRefine((arns, context) => {
    arns.forEach((arn, index) => {
      if (arns.indexOf(arn) < index)
        context.addIssue({ code: "custom", path: [index], message: "must not stand twice" });
    });
  })
  .optional();

const descriptions: Readonly<Record<AccessRole, string>> = {
  scientist:
    "Who may start, watch and stop pipelines, upload data, and list versions of models: roles or users, by ARN.",
  approver: "Who may approve and reject versions of models: roles or users, by ARN.",
  auditor: "Who may read everything here but data: roles or users, by ARN.",
  planner: "Who may plan the stacks of this account, and change nothing: roles or users, by ARN.",
};

/** The key `access` of a kind of account: the roles for daily work that it may have, each made where somebody is named. */
export const access = <Role extends AccessRole>(...roles: readonly Role[]) =>
  object(
    Object.fromEntries(roles.map((role) => [role, principals.describe(descriptions[role])])) as Record<
      Role,
      typeof principals
    >,
  )
    .optional()
    .describe(
      "Roles for daily work, by who may assume each. Default: there are none, and administrators do it all.",
    );
