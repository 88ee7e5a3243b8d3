import type { App } from "cdktf";
import type { Estate } from "../config/schema";
import type { ModelDefinition } from "../pipelines/model";
import { CiStack } from "./ci-stack";
import { FoundationStack } from "./foundation-stack";
import { listStacks, modelsIn, type StackDescription } from "./list";
import { ModelStack } from "./model-stack";
import { RegistryStack } from "./registry-stack";
import { StateStack } from "./state-stack";

export interface PlanProps {
  readonly estate: Estate;
  readonly models: readonly ModelDefinition[];
  /** Deployment package of the latest-approved-model function. */
  readonly functionPackage: string;
  /** Role to assume in every account instead of the one that applies each stack. @default that one */
  readonly assumeRole?: string | undefined;
}

/** Adds every stack of the estate to the app. */
export function planStacks(app: App, props: PlanProps): void {
  listStacks(props.estate, props.models).forEach((stack) => {
    addStack(app, props, stack);
  });
}

function addStack(app: App, props: PlanProps, stack: StackDescription): void {
  switch (stack.kind) {
    case "state":
      new StateStack(app, stack.id, { ...props, environment: stack.environment });
      break;
    case "registry":
      new RegistryStack(app, stack.id, { ...props, environment: stack.environment });
      break;
    case "ci":
      new CiStack(app, stack.id, { ...props, environment: stack.environment });
      break;
    case "foundation": {
      const { environment } = stack;
      new FoundationStack(app, stack.id, {
        ...props,
        environment,
        models: modelsIn(environment, props.models),
      });
      break;
    }
    case "model":
      new ModelStack(app, stack.id, { ...props, environment: stack.environment, model: stack.model });
  }
}
