import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

interface Removed {
  readonly from: string;
  readonly lifecycle: { readonly destroy: false };
}

const forgotten = new WeakMap<TerraformStack, Removed[]>();

/**
 * Takes a resource that a construct used to have out of the states that still hold it, and leaves alone what it managed:
 * without this Terraform would destroy it there. States that never held it are not concerned.
 * https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
 * @param type of the resource in Terraform, such as `aws_sqs_queue_policy`
 * @param id that it had in the construct
 */
export function forget(scope: Construct, type: string, id: string): void {
  const stack = TerraformStack.of(scope);
  const name = stack.getLogicalId(new Construct(scope, id).node);
  const removed = forgotten.get(stack) ?? [];
  removed.push({ from: `${type}.${name}`, lifecycle: { destroy: false } });
  forgotten.set(stack, removed);
  stack.addOverride("removed", removed);
}
