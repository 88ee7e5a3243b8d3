import type { Call } from "./call";
import type { Need } from "./questions";

/** Parameters that hold a role which the service is to work as. */
const parameters = ["RoleArn", "RoleARN", "ExecutionRoleArn", "Role", "roleArn", "serviceRole"];
const services: Readonly<Record<string, string>> = {
  cloudformation: "cloudformation.amazonaws.com",
  codebuild: "codebuild.amazonaws.com",
  codepipeline: "codepipeline.amazonaws.com",
  events: "events.amazonaws.com",
  lambda: "lambda.amazonaws.com",
  sagemaker: "sagemaker.amazonaws.com",
  states: "states.amazonaws.com",
};

/**
 * Whoever gives a service a role must be allowed to pass it on.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passedRoles(call: Call): Need[] {
  const to = services[call.service];
  if (to === undefined || !/^(Create|Delete|Update|Put|Start)/.test(call.operation)) return [];
  const targets = (call.parameters.Targets ?? []) as readonly Readonly<Record<string, unknown>>[];
  const { pipeline = {}, TrainingJobDefinition: training = {} } = call.parameters as Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
  const roles = [call.parameters, pipeline, training, ...targets].flatMap((given) =>
    parameters.map((name) => given[name]),
  );
  return [...new Set(roles)]
    .filter((role): role is string => typeof role === "string" && role.includes(":role/"))
    .map((role) => ({ action: "iam:PassRole", resource: role, when: { "iam:PassedToService": to } }));
}
