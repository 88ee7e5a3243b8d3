import type { WorkloadEnvironment } from "../../config/schema";
import type { ReleaseBuild } from "../ci-server";
import type { ModelVersionReport, ReleasedEnvironment, ReleaseReport, ReleaseStep } from "../report/types";

/** What a build's `mlops endpoints deploy` says of an environment, and who approved that. */
export type Released = Omit<ReleasedEnvironment, "environment" | "account">;

/** @returns undefined where the build has not released there yet. @throws Error where what was said is not understood */
export function releasedBy({ lines, approvals }: ReleaseBuild, environment: string): Released | undefined {
  const said = lines.find(({ line, to }) => to === environment && line.includes("mlops endpoints deploy"));
  if (!said) return undefined;
  const [, version, , before] =
    /serves version (\d+); before: (version (\d+)|nothing)/.exec(said.output) ?? [];
  const [, rows, auc, recordedAuc] =
    /(\d+) held-out rows: AUC ([\d.]+), [^(\n]*\(([\d.]+)\)/.exec(said.output) ?? [];
  if (version === undefined || rows === undefined) throw new Error(`not understood: ${said.output}`);
  const approval = approvals.find((each) => each.environment === environment);
  return {
    ...(before !== undefined && { before: Number(before) }),
    version: Number(version),
    ...(approval && { approvedBy: approval.by }),
    test: { rows: Number(rows), auc: Number(auc), recordedAuc: Number(recordedAuc) },
  };
}

interface ReleaseFacts {
  readonly version: ModelVersionReport;
  /** Milliseconds since 1970. */
  readonly approvedAt: number;
  readonly serving: readonly WorkloadEnvironment[];
}

/** The report of a build that has released everywhere. */
export function releaseReport(
  build: ReleaseBuild,
  { version: { version, modelPackageArn }, approvedAt, serving }: ReleaseFacts,
): ReleaseReport {
  const { job, number, by } = build.build;
  return {
    ...{ version, modelPackageArn, build: `${job.name} #${number}`, askedBy: by },
    steps: stepsOf(build, approvedAt),
    environments: serving.flatMap(({ name: environment, account }) => {
      const released = releasedBy(build, environment);
      return released ? [{ environment, account, ...released }] : [];
    }),
  };
}

function stepsOf({ build, lines }: ReleaseBuild, approvedAt: number): ReleaseStep[] {
  const asked = {
    name: "Event, function, Jenkins",
    startedAfter: 0,
    seconds: (build.timestamp - approvedAt) / 1000,
  };
  return [
    asked,
    ...lines.map(({ line, to, startedAt, seconds }) => ({
      name: [titleOf(line), to].filter(Boolean).join(" "),
      startedAfter: (startedAt - approvedAt) / 1000,
      seconds,
    })),
  ];
}

/** By the command that a line runs. */
const titleOf = (line: string): string => {
  const [, command = ""] = /mlops endpoints (\w+)/.exec(line) ?? [];
  return { route: "Route", plan: "Plan", deploy: "Apply and test" }[command] ?? line;
};
