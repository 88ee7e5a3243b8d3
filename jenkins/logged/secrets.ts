/** Whole words at the end of a name, such as `NPM_AUTH` or `GITHUB_PAT`: `MONKEY` and `SSH_AUTH_SOCK` hold none. */
const secretName =
  /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PRIVATE_?KEY|CREDENTIAL|(^|_)(KEY|APIKEY|PAT|AUTH|PWD|PASS)$/i;

/** The password of an address, such as a proxy's. */
const inAddress = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s:]*:([^/@\s]+)@/i;

/** Shorter ones are no secrets, and would blot out ordinary words. */
const shortest = 8;

/** The working directory, which shells keep under such a name. */
const harmless = ["PWD", "OLDPWD"];

/**
 * Blots out the values of an environment's variables whose names say that they are secret. Commands do not print them;
 * an AWS error, or a stack trace, might.
 */
export function withoutSecrets(environment: NodeJS.ProcessEnv): (text: string) => string {
  const secrets = Object.entries(environment)
    .flatMap(([name, value = ""]) => secretsIn(name, value))
    .filter((value) => value.length >= shortest)
    // The longer first: a secret may begin with another.
    .sort((one, other) => other.length - one.length);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "****"), text);
}

function secretsIn(name: string, value: string): string[] {
  if (secretName.test(name) && !harmless.includes(name)) return value.split("\n");
  return inAddress.exec(value)?.slice(1) ?? [];
}
