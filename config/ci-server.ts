import { z } from "zod";

const text = (pattern: RegExp, rule: string) => z.string(rule).regex(pattern, rule);

/**
 * Address of a CI server, without user, query or fragment. Plain HTTP may go to this machine alone, where local AWS has its servers.
 */
export const serverUrl = text(
  /^(?:https:\/\/[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d{1,5})?|http:\/\/127\.0\.0\.1:\d{1,5})(?:\/[\w.~-]+)*$/i,
  'must be an https:// address without a slash at its end, such as "https://ci.example.com", and without user and query',
);

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretName = text(
  /^[\w/+=.@-]{1,256}$/,
  "must be the name of a secret in this account's Secrets Manager",
);

/** What is said of a secret that is named. */
export const putByAPerson = (what: string): string =>
  `${what} A person puts the secret there; it is in no state and no log.`;

/** ARN of a connection that stands. */
export const connectionArn = text(
  /^arn:aws(?:-[a-z]+)*:codeconnections:[a-z0-9-]+:\d{12}:connection\/[0-9a-f-]{36}$/,
  "must be the ARN of a connection (CodeConnections)",
);

/**
 * Who signs tokens: a path may be there, no port and no query.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export const issuer = z
  .string()
  .regex(
    /^(?=.{1,255}$)https:\/\/(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d-]*[a-z](?:\/[\w.~-]+)*$/,
    "must be an https address in lower case without a port, a query or a slash at its end",
  );
