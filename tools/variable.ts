/** A variable of the environment. One that is empty is not set, as where a build server passes on what it has not got. */
export const variable = (
  name: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined => (variables[name] === "" ? undefined : variables[name]);
