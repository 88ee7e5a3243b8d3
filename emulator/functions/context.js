const { randomBytes, randomUUID } = require("node:crypto");

/**
 * What the runtime itself adds to the environment; a process of Lambda's is in UTC.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
exports.runtimeVariables = (folder, handler) => ({
  _HANDLER: handler,
  LAMBDA_TASK_ROOT: folder,
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_LAMBDA_LOG_STREAM_NAME: `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomBytes(16).toString("hex")}`,
  LANG: "en_US.UTF-8",
  TZ: ":UTC",
});

/**
 * A handler's context object, but for what belongs to callbacks.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
exports.contextOf = (environment, { arn, deadline }) => ({
  functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
  invokedFunctionArn: arn,
  memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  awsRequestId: randomUUID(),
  logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
  identity: undefined,
  clientContext: undefined,
  getRemainingTimeInMillis: () => deadline - Date.now(),
});
