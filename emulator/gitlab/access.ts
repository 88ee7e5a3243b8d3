import type { IncomingMessage } from "node:http";
import { notFound, Refusal, refusal } from "./refusal";
import type { GitlabScope, GitlabToken, GitlabUser } from "./settings";
import type { Project, Store } from "./store";

/** Who asks, and with which token. */
export interface Caller {
  readonly user: GitlabUser;
  readonly token: GitlabToken;
}

/**
 * Tokens, scopes and roles, as GitLab's API answers for them: what one may not see is not there.
 * https://docs.gitlab.com/api/rest/authentication/
 */
export class Access {
  constructor(private readonly store: Store) {}

  /** Of a request to the API. @throws Refusal 401, 403 */
  callerOf({ headers, method }: IncomingMessage): Caller {
    const given = headers["private-token"] ?? /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
    const caller = typeof given === "string" ? this.find(given) : undefined;
    if (!caller) throw refusal(401, "401 Unauthorized");
    if (caller.token.expired === true)
      throw new Refusal(401, {
        error: "invalid_token",
        error_description: "Token is expired. You can either do re-authorization or token refresh.",
      });
    const sufficient: readonly GitlabScope[] = method === "GET" ? ["api", "read_api"] : ["api"];
    if (!caller.token.scopes.some((scope) => sufficient.includes(scope)))
      throw new Refusal(403, {
        error: "insufficient_scope",
        error_description: "The request requires higher privileges than provided by the access token.",
        scope: sufficient.join(" "),
      });
    return caller;
  }

  /** Of Git over HTTP: the token is the password, whatever the name. @throws Refusal 401 */
  gitCallerOf({ headers }: IncomingMessage, writes: boolean): GitlabUser {
    const [, encoded = ""] = /^Basic (.+)$/i.exec(headers.authorization ?? "") ?? [];
    const [name = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
    const caller = name === "" ? undefined : this.find(rest.join(":"));
    const sufficient: readonly GitlabScope[] = writes
      ? ["api", "write_repository"]
      : ["api", "read_repository", "write_repository"];
    if (caller?.token.expired !== true && caller?.token.scopes.some((scope) => sufficient.includes(scope)))
      return caller.user;
    throw new Refusal(
      401,
      { message: "HTTP Basic: Access denied." },
      { "WWW-Authenticate": 'Basic realm="GitLab"' },
    );
  }

  /** A project that the caller may see, where it has a role. @throws Refusal 404, 403 */
  project({ user }: Caller, idOrPath: string, role: number): Project {
    const project = this.store.project(idOrPath);
    const level = project ? this.store.roleIn(user, project) : 0;
    if (!project || level === 0) throw notFound("Project");
    if (level < role) throw refusal(403, "403 Forbidden");
    return project;
  }

  private find(value: string): Caller | undefined {
    for (const user of this.store.settings.users)
      for (const token of user.tokens) if (token.value === value) return { user, token };
    return undefined;
  }
}
