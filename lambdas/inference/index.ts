import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { Answer } from "./answer";
import { answerTo, type Tools } from "./invoke";
import type { InferenceEvent } from "./request";

/** Milliseconds, of the half minute that API Gateway waits; the rest is for a start and the way back. */
const longest = 25_000;

const sagemaker = new SageMakerRuntimeClient({ maxAttempts: 2 });

const tools = (): Tools => ({
  contentTypes: (process.env.CONTENT_TYPES ?? "").split(","),
  ask: async ({ contentType, accept, body }) => {
    const { Body, ContentType = "application/octet-stream" } = await sagemaker.send(
      new InvokeEndpointCommand({
        EndpointName: process.env.ENDPOINT,
        ContentType: contentType,
        Accept: accept,
        Body: body,
      }),
      { abortSignal: AbortSignal.timeout(longest) },
    );
    return { contentType: ContentType, body: Body };
  },
});

/** Behind an HTTP API: asks the endpoint of the variable `ENDPOINT`, of which no caller may choose another. */
export const handler = (event: InferenceEvent): Promise<Answer> => answerTo(tools(), event);
