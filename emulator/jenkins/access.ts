import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal";
import type { JenkinsPermission, JenkinsSettings, JenkinsUser } from "./settings";

/** Who asks; none: anonymous. */
export interface Caller {
  readonly user: JenkinsUser | undefined;
  /** Whether it signed in with an API token, to which no web page can lead a browser. */
  readonly byToken: boolean;
}

const cookieName = "JSESSIONID.double";

/**
 * Users, sessions and crumbs, as Jenkins' `BasicHeaderProcessor` and `DefaultCrumbIssuer` do them: a wrong password is 401 also
 * where anonymous might read, a crumb belongs to the session that fetched it, and API tokens need none.
 * https://www.jenkins.io/doc/book/security/csrf-protection/
 */
export class Access {
  /** Crumbs by session. */
  private readonly crumbs = new Map<string, string>();

  constructor(private readonly settings: JenkinsSettings) {}

  /** @throws Refusal 401 */
  callerOf({ headers }: IncomingMessage): Caller {
    const { authorization } = headers;
    if (authorization === undefined) return { user: undefined, byToken: false };
    const [, encoded = ""] = /^Basic (.+)$/i.exec(authorization) ?? [];
    const [id = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
    const secret = rest.join(":");
    const user = this.settings.users.find((each) => each.id === id);
    if (!user || ![user.password, user.apiToken].includes(secret))
      throw new Refusal(401, `Invalid password/token for user: ${id}`, {
        "WWW-Authenticate": 'Basic realm="Jenkins"',
      });
    return { user, byToken: secret === user.apiToken };
  }

  may({ user }: Caller, permission: JenkinsPermission): boolean {
    if (user) return user.may.includes(permission);
    return this.settings.anonymousMayRead === true && permission !== "Job/Build";
  }

  /** @throws Refusal 403, which leads anonymous to the page where one signs in */
  require(caller: Caller, permission: JenkinsPermission): void {
    if (this.may(caller, permission)) return;
    const who = caller.user?.id ?? "anonymous";
    throw new Refusal(403, `${who} is missing the ${permission} permission`, {
      "X-You-Are-Authenticated-As": who,
      "X-Required-Permission": permission,
    });
  }

  /** A crumb, and the session that it belongs to. */
  issue(): { readonly crumb: string; readonly cookie: string } {
    const [session, crumb] = [randomBytes(16).toString("hex"), randomBytes(32).toString("hex")];
    this.crumbs.set(session, crumb);
    return { crumb, cookie: `${cookieName}=${session}; Path=/; HttpOnly` };
  }

  /** @throws Refusal 403 where whoever changes something has no crumb of its session */
  requireCrumb({ byToken }: Caller, { method, headers }: IncomingMessage): void {
    if (byToken || method !== "POST") return;
    const [, session = ""] = new RegExp(`${cookieName}=(\\w+)`).exec(headers.cookie ?? "") ?? [];
    const crumb = this.crumbs.get(session);
    if (crumb === undefined || headers["jenkins-crumb"] !== crumb)
      throw new Refusal(403, "No valid crumb was included in the request");
  }
}
