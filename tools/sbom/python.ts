import { sdkVersions } from "../sagemaker-sdk/environment";
import { distribution, type Component } from "./bill";

/** What set-up, `npm run verify`, `npm run parity` and models in Python install of Python. */
export const pythonLocks = [
  "tools/python/uv.txt",
  "tools/python/requirements.txt",
  "tools/checkov/requirements.txt",
  ...sdkVersions.map((sdk) => `tools/sagemaker-sdk/${sdk}/requirements.txt`),
];

/** A package as a requirements file with hashes names it, up to the end of its hashes. */
const requirement =
  /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)([^\\\n]*)\\\n((?: +--hash=\S+.*\n?)+)/gm;

/**
 * The packages of locked requirements; one that stands in several, or several times for several Pythons, is one component each version.
 * @param texts of requirements files, as uv compiles them with `--generate-hashes`
 */
export function pythonComponents(texts: readonly string[]): Component[] {
  const found = texts.flatMap((text) => [...text.matchAll(requirement)].map(componentOf));
  return [...new Map(found.map((each) => [each["bom-ref"], each])).values()];
}

function componentOf([, name = "", version = "", , hashes = ""]: RegExpMatchArray): Component {
  const purl = `pkg:pypi/${name.toLowerCase().replaceAll("_", "-")}@${version}`;
  const sums = [...hashes.matchAll(/--hash=sha256:([0-9a-f]{64})/g)].map(([, sum = ""]) => sum);
  return {
    "bom-ref": purl,
    type: "library",
    name,
    version,
    purl,
    externalReferences: [distribution(`https://pypi.org/project/${name}/${version}/`, sums)],
  };
}
