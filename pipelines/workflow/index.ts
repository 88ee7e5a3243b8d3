export type { Chain, FailureKnown, Known, References } from "./chain";
export { and, atLeast, equals, isPresent, isText, not, or, same, type Condition } from "./conditions";
export { StateMachine, type Start, type StateMachineProps } from "./state-machine";
export {
  anyFailureRetries,
  answerStatements,
  lambdaRetries,
  sagemakerRetries,
  serviceRetries,
  type Retrier,
  type Task,
  type WorkflowScope,
} from "./task";
export {
  firstOf,
  numberOf,
  Reference,
  runName,
  sum,
  text,
  type RunId,
  type RunName,
  type Text,
} from "./values";
export { serveAt, type ServeProps } from "./serve";
export { askTask, functionTask } from "./tasks/function-task";
export { callTask } from "./tasks/call-task";
export { modelTask } from "./tasks/model-task";
export { publishTask } from "./tasks/publish-task";
export { trainingTask } from "./tasks/training-task";
export { transformTask } from "./tasks/transform-task";
