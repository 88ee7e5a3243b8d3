const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE_KEY|CREDENTIAL/i;

/** Shorter ones are no secrets, and would blot out ordinary words. */
const shortest = 8;

/**
 * Blots out the values of an environment's variables whose names say that they are secret. Commands do not print them;
 * an AWS error, or a stack trace, might.
 */
export function withoutSecrets(environment: NodeJS.ProcessEnv): (text: string) => string {
  const secrets = Object.entries(environment)
    .filter(([name]) => secretName.test(name))
    .flatMap(([, value = ""]) => value.split("\n"))
    .filter((value) => value.length >= shortest)
    // The longer first: a secret may begin with another.
    .sort((one, other) => other.length - one.length);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "****"), text);
}
