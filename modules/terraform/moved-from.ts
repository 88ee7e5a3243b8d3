import { TerraformStack, type TerraformResource } from "cdktf";
import { Construct } from "constructs";

interface Moved {
  readonly from: string;
  readonly to: string;
}

const moved = new WeakMap<TerraformStack, Moved[]>();

/**
 * Says which address a resource had in estates applied before, because its construct had another id: without this
 * Terraform would destroy it there and make another. States that never held that address are not concerned.
 * https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
 * @param formerId of the construct that the resource is in; no other construct of the scope may have it
 */
export function movedFrom(resource: TerraformResource, scope: Construct, formerId: string): void {
  const stack = TerraformStack.of(resource);
  const former = scope.node.tryFindChild(formerId) ?? new Construct(scope, formerId);
  const from = stack.getLogicalId(new Construct(former, resource.node.id).node);
  const type = resource.terraformResourceType;
  const moves = moved.get(stack) ?? [];
  moves.push({ from: `${type}.${from}`, to: `${type}.${resource.friendlyUniqueId}` });
  moved.set(stack, moves);
  stack.addOverride("moved", moves);
}
