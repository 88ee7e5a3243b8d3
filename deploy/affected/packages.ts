/** What is read of an npm lock file (https://docs.npmjs.com/cli/configuring-npm/package-lock-json). */
interface Lock {
  readonly packages?: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string; readonly dev?: boolean }>
  >;
}

/**
 * Packages that differ between two lock files, those for development alone left out. Stacks of both commits are
 * synthesised with the packages installed now, so what a package changes would not show in them.
 */
export function packageChanges(before: string, after: string): string[] {
  const [old, current] = [before, after].map(packagesOf) as [Map<string, string>, Map<string, string>];
  const names = [...new Set([...old.keys(), ...current.keys()])].toSorted();
  return names
    .filter((name) => old.get(name) !== current.get(name))
    .map((name) => `${name} ${versionOf(old, name)} → ${versionOf(current, name)}`);
}

const prefix = "node_modules/";

function packagesOf(text: string): Map<string, string> {
  const { packages = {} } = JSON.parse(text) as Lock;
  const used = Object.entries(packages).filter(([path, { dev }]) => path.startsWith(prefix) && !dev);
  return new Map(
    used.map(([path, { version = "", integrity = "" }]) => [
      path.slice(prefix.length),
      `${version} ${integrity}`,
    ]),
  );
}

const versionOf = (packages: Map<string, string>, name: string): string =>
  packages.get(name)?.split(" ")[0] ?? "absent";
