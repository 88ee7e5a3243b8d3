import { z } from "zod";
import { issuer } from "./ci-server";
import { userName } from "./formats";
import { object } from "./object";

const mostSubjects = 10;

/** What IAM compares as it is: nothing in it stands for something else. */
const claim = (what: string) => {
  const rule = `must be a whole ${what} of at most 255 characters, without spaces, * and ?`;
  return z
    .string(rule)
    .regex(/^(?=.{1,255}$)[!-)+->@-~]+$/, rule)
    .refine((value) => !/[$%]\{/.test(value), "must not hold ${ or %{");
};

const subjects = z
  .array(claim("subject"), "must be a list of subjects")
  .min(1, "must name a subject: with none, every token of the issuer's would do")
  .max(mostSubjects, `must be at most ${mostSubjects} subjects`)
  .refine((all) => new Set(all).size === all.length, "must not name a subject twice");

/** How a server outside of AWS becomes a role by tokens that it signs (ADR 55). */
const oidc = object({
  issuer: issuer.describe(
    "Who signs the tokens, as they say it (iss): of Jenkins' plugin OpenID Connect Provider, its address and /oidc. AWS fetches its keys from there.",
  ),
  audience: claim("audience")
    .default("sts.amazonaws.com")
    .describe("For whom the tokens are (aud). Default: sts.amazonaws.com."),
  subjects: subjects.describe(
    "Whose tokens let in (sub), each as a whole: of Jenkins' plugin, the addresses of jobs. Only jobs whose code is reviewed.",
  ),
}).describe("OpenID Connect: the server's role is assumed by a token of a build, and no key is kept.");

/** `jenkinsServer` of a CI account; both stand beside one another while a server goes from the one to the other. */
export const jenkinsServer = object({
  user: userName
    .optional()
    .describe(
      "Name of an IAM user that is made without a key, and may assume the server's role and nothing else.",
    ),
  oidc: oidc.optional(),
})
  .refine(({ user, oidc: tokens }) => user !== undefined || tokens !== undefined, {
    error: "must have a user or oidc",
  })
  .optional()
  .describe(
    "How a Jenkins server outside of AWS gets to its role. Default: its agents are instances in this account.",
  );
