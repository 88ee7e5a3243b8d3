import { ListSubscriptionsByTopicCommand, SNSClient, type Subscription } from "@aws-sdk/client-sns";
import type { Estate } from "../../config/schema";
import type { Mail, StackDescription } from "../../stacks/kind";
import { kindOf } from "../../stacks/list";
import type { AccountAccess } from "../access/account-access";
import type { Accounts } from "../access/accounts";

/** An address that an alert topic should mail to, and whether it does. */
export interface Addressee {
  readonly topicArn: string;
  readonly email: string;
  /** Pending: its reader has not confirmed. None: AWS has no subscription, or has dropped it unconfirmed. */
  readonly subscription: "confirmed" | "pending" | "none";
}

/** The addresses of topics; none where a topic does not stand yet. */
export async function addressees(access: AccountAccess, mail: readonly Mail[]): Promise<Addressee[]> {
  const sns = new SNSClient({ ...access });
  return (await Promise.all(mail.map((topic) => addresseesOf(sns, topic)))).flat();
}

/**
 * Addresses that do not get the alerts of stacks which stand. AWS may have no answer for the role: then nobody is named here,
 * and `mlops doctor` says why.
 */
export async function unconfirmed(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<Addressee[]> {
  const found = await Promise.allSettled(
    stacks.map(async (stack) => {
      const { mail } = kindOf(stack).byHand(estate, stack);
      return mail.length > 0 ? addressees(await accounts.of(stack), mail) : [];
    }),
  );
  return found
    .flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []))
    .filter(({ subscription }) => subscription !== "confirmed");
}

export const topicNameOf = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

async function addresseesOf(sns: SNSClient, { topicArn, emails }: Mail): Promise<Addressee[]> {
  const arns = await subscriptionsOf(sns, topicArn);
  if (!arns) return [];
  return emails.map((email): Addressee => {
    const theirs = arns
      .filter(({ Endpoint }) => Endpoint === email)
      .map(({ SubscriptionArn: arn }) => arn ?? "");
    if (theirs.some((arn) => arn.startsWith("arn:"))) return { topicArn, email, subscription: "confirmed" };
    return { topicArn, email, subscription: theirs.includes("PendingConfirmation") ? "pending" : "none" };
  });
}

/** In place of their ARN they have `PendingConfirmation` before they are confirmed, and for a while `Deleted` once they are gone. */
async function subscriptionsOf(sns: SNSClient, TopicArn: string): Promise<Subscription[] | undefined> {
  const found: Subscription[] = [];
  try {
    for (let NextToken: string | undefined, more = true; more; more = NextToken !== undefined) {
      const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
      found.push(
        ...(page.Subscriptions ?? []).filter(({ Protocol = "email" }) => Protocol.startsWith("email")),
      );
      NextToken = page.NextToken;
    }
    return found;
  } catch (error) {
    if ((error as Error).name === "NotFoundException" || (error as Error).name === "NotFound")
      return undefined;
    throw error;
  }
}
