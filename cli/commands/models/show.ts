import * as registry from "../../../operate/model-packages";
import { documented, type AddCommand } from "../../command";
import { describeVersion, detailsOf } from "../../models/describe-version";
import { readQuality } from "../../models/quality";
import { chooseVersion, findRegisteredModel } from "../../models/versions";

const newest = { where: () => true, words: "version yet" };

export const addShow: AddCommand = (parent, act) => {
  documented(parent, "show", {
    summary: "Show a version of a model: its metrics, its files, its approval",
    examples: ["models show prod mammo-severity", "models show prod mammo-severity 2"],
  })
    .argument("<env>", "environment that uses the registry, or the registry itself")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("[version]", "number (default: the newest)")
    .action(
      act(async (context, env: string, name: string, given: string | undefined) => {
        const model = await findRegisteredModel(context, env, name);
        const { modelPackageArn } = chooseVersion(model, given, newest);
        const described = await registry.describeVersion(model.sagemaker, modelPackageArn);
        const evaluation = described.ModelMetrics?.ModelQuality?.Statistics?.S3Uri;
        const version = detailsOf(described, await readQuality(context, evaluation));
        return { json: version, text: describeVersion(version, context.out.paint) };
      }),
    );
};
