import { execa } from "execa";

/**
 * uv does not read pip's settings. Where pip has been pointed at a company's package index, certificates or proxy and uv has
 * not, this gives uv the same.
 * @param python an interpreter that has pip
 */
export async function packageIndex(python: string): Promise<Record<string, string>> {
  const { stdout } = await execa(python, ["-m", "pip", "config", "list"], { stdin: "ignore", reject: false });
  return translate(stdout, process.env);
}

/** Variables for uv out of the lines of `pip config list`, less those that are set already. */
export function translate(pipSettings: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const wanted = {
    UV_DEFAULT_INDEX: environment.UV_INDEX_URL ? undefined : setting(pipSettings, "index-url"),
    UV_INDEX: setting(pipSettings, "extra-index-url"),
    SSL_CERT_FILE: setting(pipSettings, "cert"),
    ALL_PROXY: environment.HTTPS_PROXY ? undefined : setting(pipSettings, "proxy"),
  };
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, value]) => (value && !environment[name] ? [[name, value]] : [])),
  );
}

/** A setting's value: pip lets its environment variables win over the sections of its files. */
function setting(pipSettings: string, name: string): string | undefined {
  const value = (section: string): string | undefined =>
    new RegExp(`^${section}\\.${name}='(.*)'$`, "m").exec(pipSettings)?.[1];
  return value(":env:") ?? value("install") ?? value("global");
}
