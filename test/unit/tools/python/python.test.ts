import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensurePython, wheelsAlone } from "../../../../tools/python/environment";
import { findPython } from "../../../../tools/python/find-python";
import { translate } from "../../../../tools/python/package-index";
import { temporaryFolder } from "../../../support/temporary-folder";
import { script } from "../toolchain/support";

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

/** A script that answers as Python of a version does. */
const fakePython = (name: string, version: string): string => script(join(folder, name), `echo '${version}'`);

describe("Python on PATH", () => {
  test("is the first that runs the libraries of SageMaker's images", async () => {
    fakePython("a/python3", "3 13");
    const wanted = fakePython("b/python3", "3 11");
    fakePython("b/python3.12", "3 12");
    expect(await findPython(`${folder}/a:${folder}/b`)).toBe(wanted);
  });

  test("may be newer where no other is there", async () => {
    fakePython("a/python3", "3 9");
    const wanted = fakePython("a/python3.14", "3 14");
    expect(await findPython(join(folder, "a"))).toBe(wanted);
  });

  test("may be a shim without an interpreter behind it, which is passed over", async () => {
    script(join(folder, "a/python3"), "exit 127");
    const wanted = fakePython("a/python3.10", "3 10");
    expect(await findPython(join(folder, "a"))).toBe(wanted);
  });

  test("that is missing or too old is reported with what was found and the remedy", async () => {
    const old = fakePython("a/python3", "3 9");
    fakePython("a/python", "2 7");
    await expect(findPython(join(folder, "a"))).rejects.toThrow(
      [
        "Python 3.10 or newer is not on PATH",
        `  - ${old} is 3.9`,
        `  - ${join(folder, "a/python")} is 2.7`,
        "Remedy: install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.12), " +
          "then run the same command again",
      ].join("\n"),
    );
  });
});

describe("the Python environment", () => {
  /**
   * Stands for Python, its venv module, pip and uv at once: each makes the files that the real one would, and says so in
   * a log. `pip`, `uv` and the interpreter of the environment are links to it.
   */
  const everything = `
    case "$0 $*" in
      *" -m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
      *"-m pip config list") echo "global.index-url='https://index.example'" ;;
      *"-m pip install"*) echo pip >> LOG; [ -e BROKEN ] && { echo 'No matching distribution'; exit 1; }
        echo "$* user=$PIP_USER target=$PIP_TARGET home=$PYTHONHOME path=$PYTHONPATH" > ASKED
        [ -e ELSEWHERE ] || cp "$0" "$(dirname "$0")/uv" ;;
      *uv\\ venv*) for last; do :; done; mkdir -p "$last/bin"; cp "$0" "$last/bin/python" ;;
      *uv\\ pip\\ sync*) echo "sync $UV_DEFAULT_INDEX" >> LOG; echo "$*" > SYNCED; [ -e FAILING ] && { echo 'connection reset'; exit 1; } ;;
      *distributions*) [ ! -e OUTDATED ] || { rm OUTDATED; exit 1; } ;;
      *version_info*) echo '3 11' ;;
    esac
    exit 0`;

  const files = (): Parameters<typeof ensurePython>[1] => ({
    requirements: join(folder, "requirements.txt"),
    uvRequirements: join(folder, "uv.txt"),
    cache: join(folder, "cache"),
    path: join(folder, "path"),
  });

  const at = (name: string): string => join(folder, name);
  const log = (): string[] => readFileSync(at("log"), "utf8").trim().split("\n");
  let reports: string[];
  const ensure = (): Promise<{ python: string }> => ensurePython((line) => reports.push(line), files());

  beforeEach(() => {
    reports = [];
    writeFileSync(at("requirements.txt"), "moto==5.2.5\n");
    writeFileSync(at("uv.txt"), "uv==0.13.8\n");
    const names: Record<string, string> = {
      LOG: "log",
      BROKEN: "broken",
      FAILING: "failing",
      OUTDATED: "outdated",
      ELSEWHERE: "elsewhere",
      ASKED: "asked",
      SYNCED: "synced",
    };
    const text = everything.replace(/LOG|BROKEN|FAILING|OUTDATED|ELSEWHERE|ASKED|SYNCED/g, (name) =>
      at(names[name] ?? ""),
    );
    script(at("path/python3"), text);
    delete process.env.UV_DEFAULT_INDEX;
  });

  test("is made once by uv, which pip installs, through the package index that pip is set to", async () => {
    const { python } = await ensure();
    expect(existsSync(python)).toBe(true);
    expect(log()).toEqual(["pip", "sync https://index.example"]);
    expect(await ensure()).toEqual({ python });
    expect(log()).toHaveLength(2);
    expect(reports).toEqual(["Making the Python environment"]);
  });

  test("is made of wheels by their hashes: no package runs code to be built, but one that has no wheel for macOS", async () => {
    await ensure();
    expect(readFileSync(at("synced"), "utf8")).toContain(" --require-hashes --only-binary :all: ");
    expect(wheelsAlone("linux")).toEqual(["--only-binary", ":all:"]);
    expect(wheelsAlone("darwin")).toEqual(["--only-binary", ":all:", "--no-binary", "xgboost-cpu"]);
  });

  test("is made whatever the caller's own Python and pip are set to", async () => {
    const own = { PIP_USER: "1", PIP_TARGET: "/elsewhere", PYTHONHOME: "/nowhere", PYTHONPATH: "/other" };
    Object.assign(process.env, own);
    await ensure();
    expect(readFileSync(at("asked"), "utf8")).toMatch(/ --no-user .* user= target= home= path=\n$/);
  });

  test("is not made where pip's own files have it install elsewhere, which is said each time", async () => {
    writeFileSync(at("elsewhere"), "");
    const said = /^pip installed uv somewhere else.*\nRemedy: .*pip config unset install\.target/;
    await expect(ensure()).rejects.toThrow(said);
    await expect(ensure()).rejects.toThrow(said);
  });

  test("is made anew, by the same uv, when the locked requirements change, and the old one is deleted", async () => {
    const before = await ensure();
    writeFileSync(at("requirements.txt"), "moto==5.2.6\n");
    const after = await ensure();
    expect(after.python).not.toBe(before.python);
    expect(existsSync(before.python)).toBe(false);
    expect(log()).toEqual(["pip", "sync https://index.example", "sync https://index.example"]);
  });

  test("is made anew when its interpreter no longer sees its packages", async () => {
    const before = await ensure();
    writeFileSync(at("outdated"), "");
    expect(await ensure()).toEqual(before);
    expect(log().filter((line) => line.startsWith("sync"))).toHaveLength(2);
  });

  test("leaves nothing of an interrupted run", async () => {
    const { python } = await ensure();
    const abandoned = `${dirname(dirname(python))}.building-999999999-abcdef`;
    mkdirSync(abandoned);
    writeFileSync(at("outdated"), "");
    await ensure();
    expect(existsSync(abandoned)).toBe(false);
  });

  test.each([
    ["broken", "uv could not be installed from the Python package index", "No matching distribution"],
    ["failing", "The Python packages could not be installed", "connection reset"],
  ])(
    "whose packages cannot be had (%s) is reported with the reason and leaves nothing",
    async (file, what, why) => {
      writeFileSync(at(file), "");
      await expect(ensure()).rejects.toThrow(
        `${what}\n  - ${why}\nRemedy: check the network, or point pip at a reachable package index ` +
          "(pip config set global.index-url URL), then run the same command again",
      );
      expect(readdirSync(at("cache")).filter((name) => name.startsWith("environment-"))).toEqual([]);
    },
  );
});

describe("pip's settings for uv", () => {
  test("give the index, the certificates and the proxy, the environment's before the files'", () => {
    const listed = [
      ":env:.index-url='https://env.example/simple'",
      "global.cert='/certificates.pem'",
      "global.proxy='http://proxy.example:3128'",
      "global.index-url='https://global.example/simple'",
      "install.extra-index-url='https://extra.example/simple'",
    ].join("\n");
    expect(translate(listed, {})).toEqual({
      UV_DEFAULT_INDEX: "https://env.example/simple",
      UV_INDEX: "https://extra.example/simple",
      SSL_CERT_FILE: "/certificates.pem",
      ALL_PROXY: "http://proxy.example:3128",
    });
  });

  test("do not override uv's own", () => {
    const listed = "global.cert='/certificates.pem'\nglobal.index-url='https://global.example/simple'";
    expect(translate(listed, { UV_INDEX_URL: "https://own.example", SSL_CERT_FILE: "/own.pem" })).toEqual({});
  });
});
