import { documented, group, type AddCommand } from "../command";
import type { Context } from "../context";
import { exitCodes, UsageError } from "../errors";
import { connect, tellOfPush } from "../local/code-host";
import { fire, findScheduleRule, targetsOf } from "../local/schedule-rule";
import { executionsBefore, type Started } from "../local/started";
import { localInvokeUrl } from "../../tools/local-aws/invoke-url";
import { sagemakerOf } from "../pipelines/account";

export const addLocalCommands: AddCommand = (parent, act) => {
  const local = group(parent, "local", "What only the local AWS can do");
  documented(local, "fire", {
    summary: "Fire a schedule rule, as EventBridge would at its time",
    details:
      "The rule's targets get the event with their own roles, parameters and retries, as they are deployed. " +
      "Exits with 1 if a pipeline among them did not start.",
    examples: [
      "local fire mammo-severity-inference-schedule --local",
      "local fire mammo-severity-inference-schedule --env prod --local",
      "local fire arn:aws:events:us-east-1:222222222222:rule/nightly --local --json",
    ],
  })
    .argument("<rule>", "name or ARN")
    .option("--env <env>", "environment whose rule it is (default: the one that has it)")
    .action(act(fireRule));
  documented(local, "url", {
    summary: "Say where the local AWS answers for an API's invoke URL, as a mail has it",
    details:
      "A program or browser on this machine can ask there. Signatures and tokens are checked as on AWS.",
    examples: ["local url https://abcdefgh.execute-api.us-east-1.amazonaws.com/v1/predict --local"],
  })
    .argument("<url>", "`https://<api>.execute-api.<region>.amazonaws.com/…`")
    .action(act(invokeUrl));
  documented(local, "connect", {
    summary: "Complete the connection of a model's container, with a repository on this machine",
    details: "On AWS a person does so in a browser. The folder is a bare repository, or a working copy.",
    examples: ["local connect dev iris /srv/models.git --local"],
  })
    .argument("<env>", "environment")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("<folder>", "of the repository")
    .action(act(connect));
  documented(local, "pushed", {
    summary: "Tell of a push to a model's repository, as its host would",
    details:
      "What has come to the branch since the last time starts the delivery pipelines whose folder it changes; " +
      "a hook of the repository may run this (`hooks/post-receive`).",
    examples: ["local pushed dev iris --local", "local pushed dev iris --local --json"],
  })
    .argument("<env>", "environment")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .action(act(tellOfPush));
};

async function invokeUrl(context: Context, given: string) {
  if (!(await context.isLocal()))
    throw new UsageError("On AWS an invoke URL is its own address: add --local");
  const url = localInvokeUrl(given, process.env.AWS_ENDPOINT_URL ?? "");
  return { json: { url }, text: url };
}

async function fireRule(context: Context, given: string, { env }: { readonly env?: string }) {
  if (!(await context.isLocal()))
    throw new UsageError(
      "On AWS only EventBridge fires a schedule rule: add --local, or start the pipeline itself",
    );
  const rule = await findScheduleRule(context, given, env);
  const { name, arn, environment } = rule;
  if (!rule.enabled)
    throw new Error(`Rule ${name} in ${environment.name} is disabled: EventBridge does not fire it`);
  const sagemaker = await sagemakerOf(context, environment);
  const startedSince = await executionsBefore(sagemaker, await targetsOf(rule));
  await fire(rule);
  const targets = await startedSince();
  const code = targets.some(didNotStart) ? exitCodes.failed : exitCodes.done;
  const text = [`Fired ${name} in ${environment.name}`, ...targets.map(describe)].join("\n");
  return { json: { rule: arn, environment: environment.name, targets }, text, code };
}

const didNotStart = ({ pipeline, executions }: Started): boolean => pipeline && executions.length === 0;

function describe(started: Started): string {
  const { target, pipeline, executions } = started;
  if (!pipeline) return `  ${target}: got the event`;
  if (didNotStart(started))
    return `  ${target}: nothing started; its dead-letter queue and .cache/local-aws/log say why`;
  return [`  ${target}: started`, ...executions.map((execution) => `    ${execution}`)].join("\n");
}
