import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import type { Job, Pipeline } from "./pipeline";
import type { Store } from "./store";

/** Seconds that a token is good for. */
const lifetime = 3_600;

/** The server's key, its description for whoever checks tokens, and the tokens. https://docs.gitlab.com/ci/secrets/id_token_authentication/ */
export class IdTokens {
  private made: ReturnType<typeof makeKeys> | undefined;
  private readonly kid = randomUUID();

  constructor(
    private readonly store: Store,
    private readonly issuer: () => string,
  ) {}

  /** Made when they are needed: that takes a while. */
  private get pair() {
    return (this.made ??= makeKeys());
  }

  /** What `/.well-known/openid-configuration` says, as far as tokens of jobs need it. */
  configuration(): object {
    const issuer = this.issuer();
    return {
      issuer,
      jwks_uri: `${issuer}/oauth/discovery/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
  }

  keys(): object {
    return {
      keys: [{ ...this.pair.publicKey.export({ format: "jwk" }), kid: this.kid, use: "sig", alg: "RS256" }],
    };
  }

  /** A job's token for an audience, a JWT. */
  sign(job: Job, pipeline: Pipeline, aud: string | readonly string[]): string {
    const signed = [
      { alg: "RS256", kid: this.kid, typ: "JWT" },
      { ...this.claims(job, pipeline), aud },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    const signature = createSign("RSA-SHA256")
      .update(signed.join("."))
      .sign(this.pair.privateKey, "base64url");
    return [...signed, signature].join(".");
  }

  private claims(
    { id, environment, user }: Job,
    { project, ref, sha, id: pipeline, source }: Pipeline,
  ): object {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.issuer(),
      sub: `project_path:${project.path}:ref_type:branch:ref:${ref}`,
      iat: now,
      nbf: now - 5,
      exp: now + lifetime,
      jti: randomUUID(),
      namespace_path: project.path.slice(0, project.path.lastIndexOf("/")),
      project_id: String(project.id),
      project_path: project.path,
      user_id: String(this.store.userId(user)),
      user_login: user.username,
      pipeline_id: String(pipeline),
      pipeline_source: source,
      job_id: String(id),
      ref,
      ref_type: "branch",
      ref_path: `refs/heads/${ref}`,
      ref_protected: String(this.store.isProtected(project, ref)),
      sha,
      runner_environment: "self-hosted",
      ...(environment !== undefined && {
        environment,
        environment_protected: String(project.environments.has(environment)),
      }),
    };
  }
}

const makeKeys = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
