import { z } from "zod";
import { object } from "../../../config/object";
import type { WorkloadEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { settingsOf } from "../../topology";
import { whole } from "../endpoint/settings";

/** What a model may be asked at: settings beside `api`, each of which makes an endpoint. */
export const servers = ["endpoint", "workflow"] as const;
export type Server = (typeof servers)[number];

const listOf = (what: string, item: RegExp, rule: string) =>
  z
    .array(z.string(rule).regex(item, rule), `must be a list of ${what}`)
    .refine((all) => new Set(all).size === all.length, "must not name one twice");

const claims = (what: string) =>
  listOf(what, /^(?=.{1,255}$)[!-#&-~]+$/, `must be at most 255 characters each, without spaces, $ and %`);

/** Of Auth0 it ends with a slash, of Cognito with a pool's name. */
const issuer = z
  .string()
  .regex(
    /^(?=.{1,255}$)https:\/\/(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d-]*[a-z](?:\/[\w.~-]+)*\/?$/,
    "must be an https address with its host in lower case, without a port and a query",
  );

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
const jwt = object({
  issuer: issuer.describe(
    "Who signs the tokens, as they say it (iss). AWS fetches its keys from there, by way of /.well-known/openid-configuration.",
  ),
  audience: claims("audiences")
    .min(1, "must name an audience: with none, no token would do")
    .describe("For whom tokens are (aud, or client_id), one of these."),
  scopes: claims("scopes")
    .default([])
    .describe("What tokens have to allow (scope, or scp), one of these. Default: nothing in particular."),
}).describe("Callers have a JSON Web Token. Default: they sign with credentials of this account (IAM).");

const mostAtOnce = 5000;

/** `models.<model>.api` */
export const apiSettings = object({
  serves: z
    .enum(servers, `must be one of ${servers.map((server) => `"${server}"`).join(", ")}`)
    .optional()
    .describe(
      "Which of the model's endpoints answers: that of releases, or that of its workflow. Default: the one there is.",
    ),
  jwt: jwt.optional(),
  requestsPerSecond: whole(1, 10_000)
    .default(50)
    .describe("Requests in a second, of all callers together; further ones are refused. Default: 50."),
  burst: whole(1, mostAtOnce)
    .default(100)
    .describe("Requests at once, of all callers together; further ones are refused. Default: 100."),
  contentTypes: listOf(
    "media types",
    /^[a-z]+\/[a-z\d][a-z\d.+-]*$/,
    "must be a media type in lower case, such as text/csv",
  )
    .min(1, "must name a media type")
    .default(["text/csv"])
    .describe("What bodies the model's container takes. Default: text/csv."),
}).describe(
  "An HTTP API by which applications ask the model's endpoint, and no other. Default: there is none.",
);

export type ApiSettings = z.output<typeof apiSettings>;

/** @throws Error where the model has no API there */
export function apiSettingsOf(
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): ApiSettings & { readonly serves: Server } {
  const { api, ...others } = settingsOf(workload, model);
  if (api === undefined) throw new Error(`environment ${workload.name} has no API of ${model.name}`);
  const settings = api as ApiSettings;
  return {
    ...settings,
    serves: settings.serves ?? (others.endpoint === undefined ? "workflow" : "endpoint"),
  };
}
