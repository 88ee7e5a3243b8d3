import { awsGitCredentials, type AwsCredentials } from "./aws-git-credentials";
import type { GitPlace } from "./git-server";

const pending = "a person must complete the connection in the console";

/**
 * Where a repository is reached by Git through a connection to its host.
 * @param arn of a connection of CodeConnections, by its present or former name
 * @param repository `owner/name`
 * @throws Error where the ARN is no connection's
 */
export function placeOfConnection(
  arn: string,
  repository: string,
  credentials: AwsCredentials,
  now: Date,
): GitPlace {
  const [, region, account, id] =
    /^arn:[^:]+:(?:codeconnections|codestar-connections):([a-z0-9-]+):(\d{12}):connection\/([\w-]+)$/.exec(
      arn,
    ) ?? [];
  if (region === undefined || account === undefined || id === undefined)
    throw new Error(`The variable CONNECTION must be the ARN of a connection, got: ${arn}`);
  const url = `https://codestar-connections.${region}.amazonaws.com/git-http/${account}/${region}/${id}/${repository}.git`;
  return {
    url,
    name: `${repository}, through the connection ${id}`,
    credentials: awsGitCredentials(new URL(url), region, credentials, now),
    meanings: {
      400: `${pending}, if nobody has yet`,
      401: "the function's role may not use the connection",
      403: `${pending}, if nobody has yet; else the function's role may not use the connection, or the connection's app may not write there`,
      404: "there is no such repository, or the connection's app may not see it",
    },
  };
}
