import type { StepKind } from "../../step";
import type { DerivedKind } from "../kind";
import { autoML } from "./automl";
import { callback, lambda, nothing } from "./calls";
import { clarifyCheck } from "./clarify-check";
import { emr } from "./emr";
import { endpoint, endpointConfig, inferenceComponent } from "./endpoint";
import { lineage } from "./lineage";
import { model } from "./model";
import { processing } from "./processing";
import { qualityCheck } from "./quality-check";
import { registerModel } from "./register-model";
import { training } from "./training";
import { transform } from "./transform";
import { tuning } from "./tuning";

/** Kinds that AWS's SDK renders and no typed step is of. */
type RenderedKind =
  "AutoML" | "ClarifyCheck" | "EMR" | "Endpoint" | "EndpointConfig" | "InferenceComponent" | "Lineage";

const kinds: Readonly<Record<StepKind | RenderedKind, DerivedKind>> = {
  AutoML: autoML,
  Callback: callback,
  ClarifyCheck: clarifyCheck,
  Condition: nothing,
  EMR: emr,
  Endpoint: endpoint,
  EndpointConfig: endpointConfig,
  Fail: nothing,
  InferenceComponent: inferenceComponent,
  Lambda: lambda,
  Lineage: lineage,
  Model: model,
  Processing: processing,
  QualityCheck: qualityCheck,
  RegisterModel: registerModel,
  Training: training,
  Transform: transform,
  Tuning: tuning,
};

/** What follows from steps of a kind; undefined where nobody has said. */
export const kindOf = (type: string): DerivedKind | undefined =>
  (kinds as Readonly<Partial<Record<string, DerivedKind>>>)[type];

export const kindNames = Object.keys(kinds);
