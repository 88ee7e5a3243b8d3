import { mammoSeverity } from "./mammo-severity/model";
import type { ModelDefinition } from "./model";

/** The models there are. To add one, add its folder and a line here. */
export const models: readonly ModelDefinition[] = [mammoSeverity];
