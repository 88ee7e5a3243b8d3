import { containerImages } from "../../core/container-images";
import { partitionOf } from "../../core/partition";

export type Framework = keyof typeof containerImages;

/** The versions that pipelines here run in (ADR 14). */
const tags: Readonly<Record<Framework, string>> = {
  "scikit-learn": ":1.4-2-cpu-py3",
  xgboost: ":3.0-5",
  "model-monitor": "",
};

/**
 * URI of one of AWS's containers (ADR 14).
 * @throws Error that names framework and region where AWS publishes none
 */
export function containerImage(framework: Framework, region: string): string {
  const { repository, accounts } = containerImages[framework];
  const account = accounts[region];
  if (account === undefined) throw new Error(`AWS publishes no ${framework} image in region ${region}`);
  return `${account}.dkr.ecr.${region}.${partitionOf(region).dnsSuffix}/${repository}${tags[framework]}`;
}
