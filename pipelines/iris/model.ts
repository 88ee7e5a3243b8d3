import { defineModel } from "../model";
import { irisWorkflow } from "./workflow";

const name = "iris";

/** Species of iris flowers, by logistic regression in a container of its own. */
export const iris = defineModel({
  name,
  modelPackageGroup: "iris-model-package",
  alertTopic: "iris-notification",
  scripts: [],
  pipelines: {},
  triggers: {},
  workflow: (context) => irisWorkflow(name, context),
});
