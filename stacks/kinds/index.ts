import type { StackKind } from "../kind";
import { apiKind } from "./api";
import { approvalsKind } from "./approvals";
import { auditKind } from "./audit";
import { ciKind } from "./ci";
import { containerKind } from "./container";
import { endpointKind } from "./endpoint";
import { foundationKind } from "./foundation";
import { modelKind } from "./model";
import { networkKind } from "./network";
import { projectTemplatesKind } from "./project-templates";
import { registryKind } from "./registry";
import { stateKind } from "./state";
import { workflowKind } from "./workflow";

/** The kinds of stack there are, in the order in which an account's stacks are listed. */
export const stackKinds: readonly StackKind[] = [
  stateKind,
  auditKind,
  registryKind,
  approvalsKind,
  ciKind,
  networkKind,
  foundationKind,
  modelKind,
  endpointKind,
  containerKind,
  workflowKind,
  apiKind,
  projectTemplatesKind,
];
