import { partitionOf } from "../../../core/partition";
import { allow, keysBehind } from "../../definition/permissions";
import { anyFailureRetries, type Task } from "../task";
import type { Text } from "../values";

export interface PublishTaskProps {
  readonly topicArn: string;
  /** Alias ARN of the key that the topic is encrypted with. */
  readonly kmsKeyArn: string;
  readonly subject: string;
  readonly message: Text;
}

/** In characters. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const subjectLimit = 100;

const timeoutSeconds = 60;

/** Tells whoever has subscribed to a topic. @throws Error where SNS would refuse the subject */
export function publishTask({ topicArn, kmsKeyArn, subject, message }: PublishTaskProps): Task<never> {
  if (subject.length > subjectLimit || !/^[\x21-\x7e][\x20-\x7e]*$/.test(subject))
    throw new Error(`subject must be 1 to ${subjectLimit} ASCII characters of one line, got: "${subject}"`);
  const { keys, carriesAlias } = keysBehind(kmsKeyArn);
  return {
    resource: "sns:publish",
    parameters: { TopicArn: topicArn, Subject: subject, Message: message },
    outputs: {},
    retries: anyFailureRetries,
    timeoutSeconds,
    permissions: ({ region }) => [
      allow(["sns:Publish"], [topicArn]),
      allow(["kms:Decrypt", "kms:GenerateDataKey*"], keys, {
        ...carriesAlias,
        StringEquals: { "kms:ViaService": `sns.${region}.${partitionOf(region).dnsSuffix}` },
      }),
    ],
    jobPermissions: () => [],
  };
}
