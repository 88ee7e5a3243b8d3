import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformLocal, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { candidateVariable, nothingReleased, type Release } from "../../core/releases";

export interface ReleasesProps {
  readonly parameterName: string;
  readonly description: string;
  /** Of what configurations say beside their versions, as they would be made now. */
  readonly settingsHash: string;
}

/**
 * Which releases an endpoint serves and keeps. A parameter holds what was found good, and what served before that; Terraform
 * makes it and leaves its value to whoever releases. The candidate, or else what was recorded, is what is wanted; beside it
 * stays what was recorded last, in the very configuration that it had: so there is always one to go back to.
 */
export class Releases extends Construct {
  /** Of the one that a resource with `for_each` is made for. */
  readonly each: Readonly<Record<Exclude<keyof Release, "version">, string>> = {
    key: "${each.key}",
    modelPackageArn: '${each.value["modelPackageArn"]}',
    image: '${each.value["image"]}',
    modelData: '${each.value["modelData"]}',
  };
  /** For `for_each`: by key. */
  readonly kept: string;
  /** Of the release that is to serve; an expression. */
  readonly wantedKey: string;
  /** For `count`. */
  readonly oneIfAny: string;
  /** Whether what is recorded is served as this is to be: a condition. */
  readonly areOfThisKind: string;

  constructor(scope: Construct, id: string, props: ReleasesProps) {
    super(scope, id);
    const candidate = new TerraformVariable(this, "candidate", {
      type: "string",
      default: "",
      description: "A release to try, as JSON",
    });
    candidate.overrideLogicalId(candidateVariable);
    const recorded = `jsondecode(${this.parameter(props)})`;
    const candidates = `[for each in compact([var.${candidateVariable}]) : jsondecode(each)]`;
    const releases = this.local("releases", `concat(${candidates}, ${recorded})`);
    const first = `slice(${releases}, 0, min(1, length(${releases})))`;
    const keyed = `merge(each, { key = "\${each.version}-${props.settingsHash}" })`;
    const configured = this.local("configured", `concat([for each in ${first} : ${keyed}], ${recorded})`);
    const all = `distinct([for each in ${configured} : each.key])`;
    const keys = this.local("keys", `slice(${all}, 0, min(2, length(${all})))`);
    const kept = this.local(
      "kept",
      `{ for key in ${keys} : key => [for each in ${configured} : each if each.key == key][0] }`,
    );
    this.kept = `\${${kept}}`;
    this.wantedKey = `${keys}[0]`;
    this.oneIfAny = `\${min(1, length(${keys}))}`;
    const kindOfEach = `replace(each.key, "/^[0-9]+-|[0-9a-f]{8}$/", "")`;
    const kind = props.settingsHash.replace(/[0-9a-f]{8}$/, "");
    this.areOfThisKind = `\${alltrue([for each in ${recorded} : ${kindOfEach} == "${kind}"])}`;
  }

  private parameter({ parameterName, description }: ReleasesProps): string {
    const parameter = new SsmParameter(this, "parameter", {
      name: parameterName,
      description,
      type: "String",
      insecureValue: nothingReleased,
      lifecycle: { ignoreChanges: ["insecure_value", "value"] },
    });
    return `${parameter.terraformResourceType}.${parameter.friendlyUniqueId}.insecure_value`;
  }

  private local(id: string, expression: string): string {
    const local = new TerraformLocal(this, id, `\${${expression}}`);
    return `local.${local.friendlyUniqueId}`;
  }
}
