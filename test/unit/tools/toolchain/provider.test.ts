import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderCliConfig, writeIfChanged } from "../../../../tools/toolchain/cli-config";
import { platform } from "../../../../tools/toolchain/platform";
import { awsProvider } from "../../../../tools/toolchain/provider";
import { downloadProvider, lockOfDownload } from "../../../../tools/toolchain/provider-download";
import {
  findMirror,
  holds,
  mirrorSearchPaths,
  type MirrorSearchPaths,
} from "../../../../tools/toolchain/provider-mirror";
import { temporaryFolder } from "../../../support/temporary-folder";
import { script } from "./support";

const provider = { source: "registry.terraform.io/hashicorp/aws", version: "5.100.0" };
const unpacked = `registry.terraform.io/hashicorp/aws/5.100.0/${platform}`;

let folder: string;
let places: MirrorSearchPaths;

beforeEach(() => {
  folder = temporaryFolder();
  places = {
    environment: {},
    home: join(folder, "home"),
    addOns: join(folder, "opt"),
  };
});

function mirror(name: string, layout = unpacked): string {
  mkdirSync(join(folder, name, layout), { recursive: true });
  writeFileSync(join(folder, name, layout, "terraform-provider-aws_v5.100.0_x5"), "");
  return join(folder, name);
}

test("the provider is the one that the bindings carry", () => {
  expect(awsProvider()).toEqual(provider);
});

describe("a provider mirror", () => {
  test("is looked for in TF_PLUGIN_MIRROR, then where Terraform would, then among the add-on packages", () => {
    const onLinux = process.platform === "linux";
    const data = onLinux ? ["data/terraform/plugins", "shared/terraform/plugins"] : [];
    const rising = ["opt/plugins", ...data.toReversed(), "home/.terraform.d/plugins", "named"];
    const environment = {
      TF_PLUGIN_MIRROR: join(folder, "named"),
      XDG_DATA_HOME: join(folder, "data"),
      XDG_DATA_DIRS: `${join(folder, "none")}:${join(folder, "shared")}`,
    };
    for (const name of rising) {
      const made = mirror(name);
      expect(findMirror(provider, { ...places, environment })).toBe(made);
    }
  });

  test.each([
    ["another version", `registry.terraform.io/hashicorp/aws/5.99.0/${platform}`],
    ["another platform", "registry.terraform.io/hashicorp/aws/5.100.0/plan9_mips"],
    ["another provider", `registry.terraform.io/other/aws/5.100.0/${platform}`],
  ])("of %s does not count", (_, layout) => {
    mirror("opt/plugins", layout);
    expect(findMirror(provider, places)).toBeUndefined();
  });

  test("with an empty folder for the platform does not count", () => {
    mkdirSync(join(folder, "opt/plugins", unpacked), { recursive: true });
    expect(findMirror(provider, places)).toBeUndefined();
  });

  test("in the repository is none: whoever opens a pull request writes there", () => {
    mirror("terraform.d/plugins");
    const before = process.cwd();
    process.chdir(folder);
    const found = findMirror(provider, {
      ...mirrorSearchPaths(),
      home: join(folder, "home"),
      addOns: join(folder, "opt"),
    });
    process.chdir(before);
    expect(found?.startsWith(folder) ?? false).toBe(false);
  });

  test("is absent where none of the places exists", () => {
    expect(findMirror(provider, places)).toBeUndefined();
  });
});

describe("a provider that is in no mirror", () => {
  let lockFile: string;
  beforeEach(() => {
    lockFile = join(folder, "lock");
    writeFileSync(lockFile, "committed\n");
  });

  const download = (terraform: string): Promise<string> =>
    downloadProvider({
      terraform,
      provider,
      lockFile,
      mirror: join(folder, "mirror"),
      report: () => undefined,
    });

  test("is downloaded once by Terraform itself into a folder that is a mirror", async () => {
    const terraform = script(
      join(folder, "terraform"),
      `grep -q '"source":"registry.terraform.io/hashicorp/aws","version":"5.100.0"' main.tf.json || exit 1
       mkdir -p "$TF_PLUGIN_CACHE_DIR/${unpacked}" && touch "$TF_PLUGIN_CACHE_DIR/${unpacked}/terraform-provider-aws_v5"
       echo run >> ${folder}/runs
       echo downloaded >> .terraform.lock.hcl`,
    );
    const made = await download(terraform);
    expect(holds(made, provider)).toBe(true);
    expect(readFileSync(lockOfDownload(made), "utf8")).toBe("committed\ndownloaded\n");
    await download(terraform);
    expect(readFileSync(join(folder, "runs"), "utf8")).toBe("run\n");
    expect(readdirSync(join(folder, "mirror"))).toEqual([".terraform.lock.hcl", "registry.terraform.io"]);
  });

  test("and cannot be downloaded is reported with Terraform's reason and the remedy, and leaves nothing", async () => {
    const terraform = script(join(folder, "terraform"), "echo 'Error: no such host' >&2; exit 1");
    await expect(download(terraform)).rejects.toThrow(
      [
        "The Terraform provider registry.terraform.io/hashicorp/aws 5.100.0 is in no mirror and could not be downloaded",
        "  - Error: no such host",
        "Remedy: check the network, or set TF_PLUGIN_MIRROR to a folder that holds " +
          `registry.terraform.io/hashicorp/aws/5.100.0/${platform}/, then run the same command again`,
      ].join("\n"),
    );
    expect(existsSync(join(folder, "mirror"))).toBe(false);
    expect(readdirSync(folder)).toEqual(["lock", "terraform"]);
  });
});

describe("the CLI configuration", () => {
  test("takes the provider from the mirror alone and no other from anywhere", () => {
    expect(renderCliConfig('/with "quotes"', provider)).toBe(`disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = "/with \\"quotes\\""
    include = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
  });

  test("is not written again where its text is the same", () => {
    const path = join(folder, "new/cli.tfrc");
    writeIfChanged(path, "one");
    const { ino } = statSync(path);
    writeIfChanged(path, "one");
    expect(statSync(path).ino).toBe(ino);
    writeIfChanged(path, "two");
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(readdirSync(join(folder, "new"))).toEqual(["cli.tfrc"]);
  });
});
