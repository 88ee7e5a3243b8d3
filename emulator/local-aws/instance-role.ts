import { askLocalAws, type LocalAwsAddress } from "../../tools/local-aws/address";

export interface InstanceCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * What an EC2 instance finds at its metadata service: a session of its profile's role. Local AWS has no instances.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
 * @throws Error where the role does not let EC2 in
 */
export async function instanceCredentials(
  address: LocalAwsAddress,
  roleArn: string,
  region: string,
): Promise<InstanceCredentials> {
  const account = roleArn.split(":")[4] ?? "";
  const response = await askLocalAws(address, "AssumeServiceRole", {
    service: "ec2.amazonaws.com",
    roleArn,
    sessionName: instance,
    sourceArn: `arn:aws:ec2:${region}:${account}:instance/${instance}`,
  });
  const answer = (await response.json()) as InstanceCredentials & { readonly message?: string };
  if (!response.ok) throw new Error(answer.message);
  const { accessKeyId, secretAccessKey, sessionToken } = answer;
  return { accessKeyId, secretAccessKey, sessionToken };
}

const instance = "i-0123456789abcdef0";
