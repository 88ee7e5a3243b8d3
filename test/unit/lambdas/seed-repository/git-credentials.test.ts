import { awsGitCredentials } from "../../../../lambdas/seed-repository/aws-git-credentials";
import { placeOfConnection } from "../../../../lambdas/seed-repository/connection";
import signed from "../../../fixtures/git-credentials/signatures.json";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const momentOf = (text: string): Date =>
  new Date(text.replace(/(....)(..)(..)T(..)(..)(..)/, "$1-$2-$3T$4:$5:$6.789Z"));

test.each(signed)("signs $url at $moment as botocore does", ({ url, region, moment, password }) => {
  expect(awsGitCredentials(new URL(url), region, credentials, momentOf(moment))).toEqual({
    username: "AKIDEXAMPLE",
    password,
  });
});

test("a session's token follows the key, and is not signed", () => {
  const [{ url, region, moment, password } = { url: "", region: "", moment: "", password: "" }] = signed;
  const session = { ...credentials, sessionToken: "session/token==" };
  expect(awsGitCredentials(new URL(url), region, session, momentOf(moment))).toEqual({
    username: "AKIDEXAMPLE%session/token==",
    password,
  });
});

test("a connection's repositories stand below it, by its present and its former name", () => {
  for (const service of ["codeconnections", "codestar-connections"]) {
    const arn = `arn:aws:${service}:eu-west-1:111111111111:connection/5d6c9d1e-0000-4c3a-9f0e-abcdefabcdef`;
    const [{ url, moment, password } = { url: "", moment: "", password: "" }] = signed;
    const place = placeOfConnection(arn, "ml-team/churn.build", credentials, momentOf(moment));
    expect([place.url, place.credentials.password]).toEqual([url, password]);
  }
  const other = () => placeOfConnection("arn:aws:iam::1:role/x", "a/b", credentials, new Date());
  expect(other).toThrow("CONNECTION must be the ARN of a connection, got: arn:aws:iam::1:role/x");
});
