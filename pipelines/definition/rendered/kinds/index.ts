import type { StepKind } from "../../step";
import type { DerivedKind } from "../kind";
import { callback, lambda, nothing } from "./calls";
import { model } from "./model";
import { processing } from "./processing";
import { qualityCheck } from "./quality-check";
import { registerModel } from "./register-model";
import { training } from "./training";
import { transform } from "./transform";
import { tuning } from "./tuning";

const kinds: Readonly<Record<StepKind, DerivedKind>> = {
  Callback: callback,
  Condition: nothing,
  Fail: nothing,
  Lambda: lambda,
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
