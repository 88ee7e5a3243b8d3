import type { Builds } from "./builds";

/** What a Jenkins says whose agents are outside of AWS. */
export const outside = { MLOPS_SERVER_ROLE_ARN: "arn:aws:iam::444444444444:role/jenkins-server-role" };

/** Which commands of a build ran as the server's role, by a token of that build. */
export const withToken = (build: Builds): string[] =>
  build
    .steps("sh")
    .filter(
      ({ env }) =>
        env?.AWS_WEB_IDENTITY_TOKEN_FILE === "secret of server-role" &&
        env.AWS_ROLE_ARN === outside.MLOPS_SERVER_ROLE_ARN,
    )
    .map(({ script = "" }) => /mlops ([a-z ]+?)(?: -|$)/.exec(script)?.[1] ?? script);
