/** Credentials by what they look like; none of them may stand in an environment file or be printed. */
const shapes: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an AWS access key id", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: "a GitHub token", pattern: /\b(?:gh[pousr]_\w{36}|github_pat_\w{22})/ },
  { what: "a GitLab token", pattern: /\bglpat-[\w-]{20}/ },
  { what: "an API token of Jenkins", pattern: /\b11[\da-f]{32}\b/ },
  { what: "a Slack token", pattern: /\bxox[abeoprs]-[\w-]{10}/ },
  { what: "a JSON web token", pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}/ },
  { what: "a URL with a password", pattern: /:\/\/[^\s/:@]*:[^\s/@]+@/ },
  {
    what: "an AWS secret access key",
    pattern: /(?<![\w/+])(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])(?=[\w/+]*\d)[A-Za-z0-9/+]{40}(?![\w/+=])/,
  },
];

/** What kind of credential a text looks like; undefined for anything else. */
export const secretIn = (text: string): string | undefined =>
  shapes.find(({ pattern }) => pattern.test(text))?.what;

/** Whether a key is named as if its value were a credential (`jenkinsToken`, `db-password`). */
export const namesSecret = (key: string): boolean =>
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|credential|(?:api|private|access|secret)[-_ ]?key)s?(?:[-_ ]?(?:\d+|old|new))?$/i.test(
    key,
  );
