/** An answer that is no success, as GitLab gives it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: object,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(JSON.stringify(body));
  }
}

/** GitLab's usual body: `{"message":"404 Project Not Found"}`. */
export const refusal = (status: number, message: unknown): Refusal => new Refusal(status, { message });

export const notFound = (what: string): Refusal => refusal(404, `404 ${what} Not Found`);
