import { createHash, createHmac } from "node:crypto";

/** As the SDK's providers give them. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface GitCredentials {
  readonly username: string;
  readonly password: string;
}

/**
 * What Git gives AWS's Git servers for a URL, valid for 15 minutes: Signature Version 4 over method `GIT`, path and host, in the scope of
 * `codecommit`, connections too, as `aws codecommit credential-helper get` makes it.
 * https://github.com/aws/aws-cli/blob/develop/awscli/customizations/codecommit.py
 * @param now moment of the signature
 */
export function awsGitCredentials(
  url: URL,
  region: string,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  now: Date,
): GitCredentials {
  const time = now.toISOString().replace(/[-:]|\.\d+Z$/g, "");
  const [date = ""] = time.split("T");
  const scope = [date, region, "codecommit", "aws4_request"];
  const canonical = `GIT\n${url.pathname}\n\nhost:${url.hostname}\n\nhost\n`;
  const toSign = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return {
    username: sessionToken === undefined ? accessKeyId : `${accessKeyId}%${sessionToken}`,
    password: `${time}Z${hmac(key, toSign).toString("hex")}`,
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
