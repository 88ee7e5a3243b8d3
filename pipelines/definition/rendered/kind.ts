import type { IamStatement, PermissionScope } from "../permissions";
import type { Json } from "../values";
import type { RenderedStep } from "./json";
import type { JobMachines } from "./machines";
import type { Use } from "./uses";

/** What follows from a step of one kind, whoever rendered it. */
export interface DerivedKind {
  /** What the execution role must be allowed. */
  permissions(step: RenderedStep, scope: PermissionScope): IamStatement[];
  /** What it reaches outside of SageMaker, where a run may be what says so. @default nothing */
  uses?(step: RenderedStep): readonly Use[];
  /** S3 URIs of what tells why it failed. @default none */
  reports?(step: RenderedStep): readonly (Json | undefined)[];
  /** The images that it registers for inference. @default none */
  registeredImages?(step: RenderedStep): readonly (Json | undefined)[];
  /** The machines its job runs on. @default none */
  machines?(step: RenderedStep): JobMachines;
}
