import type { CreateTransformJobRequest } from "@aws-sdk/client-sagemaker";

type Records = Pick<CreateTransformJobRequest, "DataProcessing" | "TransformInput" | "TransformOutput">;

/**
 * What a job's records must be for AWS to filter and join them: CSV, by lines. Its other way, JSON, is none of the runner's.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 * @returns what is wrong, if something is
 */
export function recordsProblem({
  DataProcessing = {},
  TransformInput,
  TransformOutput,
}: Partial<Records>): string | undefined {
  const { InputFilter = "$", OutputFilter = "$", JoinSource = "None" } = DataProcessing;
  if (InputFilter === "$" && OutputFilter === "$" && JoinSource === "None") return undefined;
  const wrong = [
    mustBe("TransformInput.ContentType", isCsv, "text/csv", TransformInput?.ContentType),
    mustBe("TransformInput.SplitType", isLine, "Line", TransformInput?.SplitType),
    mustBe("TransformOutput.Accept", isCsv, "text/csv", TransformOutput?.Accept),
    mustBe("TransformOutput.AssembleWith", isLine, "Line", TransformOutput?.AssembleWith),
  ].flat();
  return wrong.length === 0 ? undefined : `records are filtered or joined, so ${wrong.join(", ")}`;
}

const isCsv = (value: string): boolean => /^text\/csv\b/.test(value);
const isLine = (value: string): boolean => value === "Line";

/** References are known when the step runs. */
function mustBe(place: string, holds: (value: string) => boolean, rule: string, value: unknown): string[] {
  if (typeof value === "object" || (typeof value === "string" && holds(value))) return [];
  return [`${place} must be ${rule} (got: ${JSON.stringify(value ?? "None")})`];
}
