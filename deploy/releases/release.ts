import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { EndpointNames } from "../../core/naming";
import { afterRelease, candidateVariable, configurationName, type Release } from "../../core/releases";
import { recordedReleases, recordReleases, settledEndpoint } from "../../operate/endpoints";
import type { StackDescription } from "../../stacks/list";
import { Refusal } from "../estate/refusal";
import { applyEstate, type ApplyRequest } from "../plans/apply-estate";
import { plannedOf, type PlanCheck } from "../plans/check-plans";
import { hasChanges, type Manifest } from "../plans/manifest/schema";
import { planEstate, type PlanResult } from "../plans/plan-estate";
import type { StackSummary } from "../plans/summary";
import { removeLeftovers } from "./leftovers";
import type { TestReport } from "./test-release";

/** An endpoint's stack, and what its account is asked with. */
export interface ReleaseRequest extends PlanCheck {
  readonly stack: StackDescription;
  readonly names: EndpointNames;
  readonly sagemaker: SageMakerClient;
  readonly ssm: SSMClient;
  readonly release: Release;
  /** Plans that were made, and perhaps approved, before. @default it plans, and asks */
  readonly saved?: SavedRelease | undefined;
  /** Asked once the plan is known; throws to go no further. @default nobody is asked */
  readonly confirm?: (plan: StackSummary) => Promise<void>;
  readonly test: () => Promise<TestReport>;
  readonly report: (line: string) => void;
}

/** What `planRelease` left in a folder, and what is known of it from elsewhere. */
export type SavedRelease = Pick<ApplyRequest, "folder" | "manifest" | "digest" | "approval" | "build">;

/** What a release came to. */
export interface ReleaseResult {
  readonly release: Release;
  /** What served before. */
  readonly before: Release | undefined;
  readonly test: TestReport | undefined;
  /** Why it was taken back; none where it serves. */
  readonly refused: string | undefined;
}

/**
 * Plans the endpoint's stack with a candidate, applies that, sees whether it is what serves, tests it, and only then records it: what
 * is recorded is what a plain plan leads to. Whatever fails after the apply has begun is taken back to what was recorded, by a plain
 * plan. Killed at any moment, it does what is left when it is run again.
 * @throws Refusal where the plans are not what may be applied, before anything is; Error where the stack cannot be planned, where its record
 * is not there, or where nothing could be taken back
 */
export async function releaseVersion(request: ReleaseRequest): Promise<ReleaseResult> {
  const { names, ssm, release, report } = request;
  const recorded = await recordedReleases(ssm, names.parameter);
  const saved = request.saved ?? (await confirmed(request));
  const before = recorded[0];
  await removeLeftovers(request, before === undefined); // nothing was applied yet: where this fails, there is nothing to take back
  try {
    setCandidate(request.runs.directoryOf(request.stack.id), release);
    await applied(request, saved);
    report("looking at what serves");
    await verify(request);
    report("testing");
    const test = await request.test();
    if (!test.passed)
      throw new Error(
        `its AUC is ${test.auc.toFixed(4)}, and was ${test.recordedAuc.toFixed(4)} when it was registered`,
      );
    await recordReleases(ssm, names.parameter, afterRelease(release, recorded));
    return { release, before, test, refused: undefined };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const refused = (error as Error).message;
    report(`taking it back: ${refused}`);
    await takeBack(request, refused);
    return { release, before, test: undefined, refused };
  } finally {
    setCandidate(request.runs.directoryOf(request.stack.id), undefined);
  }
}

/** A release that is to be planned, for somebody else to apply. */
export type ReleasePlanRequest = PlanCheck & Pick<ReleaseRequest, "stack" | "release">;

/** Plans a candidate into the folder. @throws Error where the stack cannot be planned */
export const planRelease = (request: ReleasePlanRequest): Promise<PlannedRelease> =>
  planned(request, request.release, true);

type PlannedRelease = PlanResult & { readonly manifest: Manifest };

async function planned(
  request: Omit<ReleasePlanRequest, "release">,
  release: Release | undefined,
  attributes: boolean,
): Promise<PlannedRelease> {
  const { stack } = request;
  setCandidate(request.runs.directoryOf(stack.id), release);
  const result = await planEstate({ ...request, stacks: [stack], attributes });
  const { manifest, failures } = result;
  if (!manifest) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return { ...result, manifest };
}

/** Plans, and asks whoever is at the keyboard. */
async function confirmed(request: ReleaseRequest): Promise<SavedRelease> {
  const { release, folder, confirm } = request;
  const { manifest, summaries } = await planned(request, release, confirm !== undefined);
  const [summary] = summaries;
  if (summary && manifest.stacks.some(hasChanges)) await confirm?.(summary);
  return { folder, manifest };
}

async function applied(
  request: Omit<ReleaseRequest, "folder">,
  { folder, manifest, approval, build, digest }: SavedRelease,
): Promise<void> {
  if (!manifest.stacks.some(hasChanges)) return;
  const planned = plannedOf(manifest, [request.stack]);
  const outcomes = await applyEstate({
    ...request,
    ...{ folder, manifest, planned, approval, build, allowed: [] },
    ...(digest !== undefined && { digest }),
  });
  const reasons = outcomes.flatMap(({ reason }) => reason ?? []);
  if (reasons.length > 0) throw new Error(reasons.join("\n"));
}

/** An update that AWS rolled back looks done to Terraform. @throws Error saying what serves instead, and AWS's reason */
async function verify({ sagemaker, names, release, runs }: ReleaseRequest): Promise<void> {
  const endpoint = await settledEndpoint(sagemaker, names.endpoint, runs.signal);
  const wanted = configurationName(names.endpoint, release.key);
  const { EndpointStatus, EndpointConfigName, FailureReason } = endpoint ?? {};
  if (EndpointStatus === "InService" && EndpointConfigName === wanted) return;
  const serves =
    EndpointStatus === "InService" ? `${EndpointConfigName ?? "nothing"} serves` : EndpointStatus;
  throw new Error(
    `${names.endpoint} must serve ${wanted}, but ${serves ?? "there is no such endpoint"}${FailureReason ? `: ${FailureReason}` : ""}`,
  );
}

async function takeBack(request: ReleaseRequest, refused: string): Promise<void> {
  try {
    const { manifest } = await planned(request, undefined, false);
    await applied(request, { folder: request.folder, manifest });
  } catch (error) {
    throw new Error(
      `${refused}\nand what was recorded could not be restored: ${(error as Error).message}\n→ npx mlops plan ${request.stack.id} leads back to it`,
      { cause: error },
    );
  }
}

/**
 * Gives the stack's variable a value, in the synthesised files of this run alone: a plan holds what it was made of, and is refused where it
 * sets a variable itself (ADR 34).
 */
function setCandidate(directory: string, release: Release | undefined): void {
  const file = join(directory, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as Synthesised;
  stack.variable[candidateVariable].default = release === undefined ? "" : JSON.stringify(release);
  writeFileSync(file, JSON.stringify(stack, undefined, 2));
}

interface Synthesised {
  readonly variable: Record<typeof candidateVariable, { default: string }>;
}
