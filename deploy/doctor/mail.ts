import type { Mail } from "../../stacks/kind";
import type { AccountAccess } from "../access/account-access";
import { addressees, topicNameOf, type Addressee } from "../estate/mail";
import { missing, oneLine, present, type Finding } from "./finding";

/** Whether alerts reach people: whoever reads an address has confirmed what AWS mailed to it. */
export async function checkMail(
  account: string,
  mail: readonly Mail[],
  access: AccountAccess,
): Promise<Finding[]> {
  try {
    return (await addressees(access, mail)).map((addressee) => judge(account, addressee));
  } catch (error) {
    return [
      missing(`Alerts of ${account}`, oneLine(error), "let the role look: sns:ListSubscriptionsByTopic"),
    ];
  }
}

function judge(account: string, { topicArn, email, subscription }: Addressee): Finding {
  const subject = `Alerts of ${account}`;
  const topic = topicNameOf(topicArn);
  if (subscription === "confirmed") return present(subject, `${topic} to ${email}`);
  return subscription === "pending"
    ? missing(subject, `${email} has not confirmed ${topic}, and gets none`, confirm(topicArn, email))
    : missing(subject, `${email} is not subscribed to ${topic}`, subscribeAgain);
}

/** Subscribing once more is how AWS sends its mail again. */
const confirm = (topicArn: string, email: string): string =>
  "follow the link in AWS's mail; to get it again: " +
  `aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint ${email}`;

/** https://aws.amazon.com/about-aws/whats-new/2023/05/amazon-sns-automatic-deletion-unconfirmed-subscriptions/ */
const subscribeAgain =
  "plan and apply the model's stack, and follow the link in AWS's mail within 48 hours, after which AWS drops the subscription";
