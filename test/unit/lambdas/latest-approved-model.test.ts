import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../lambdas/latest-approved-model";
import {
  accepted,
  described,
  group,
  kept,
  registered,
  repository,
  run,
  summaries,
  version,
  type Described,
} from "../../support/model-versions";

const sagemaker = mockClient(SageMakerClient);
const s3 = mockClient(S3Client);

beforeEach(() => {
  sagemaker.reset();
  s3.reset();
  sagemaker.on(ListModelPackagesCommand).resolves(summaries(4));
  sagemaker.on(DescribeModelPackageCommand).resolves(described);
  s3.on(HeadObjectCommand).callsFake(({ Key }: { readonly Key: string }) => ({
    VersionId: `of ${Key.slice(Key.lastIndexOf("/") + 1)}`,
  }));
  process.env.MODEL_PACKAGE_GROUP = group;
  process.env.ACCEPTED = JSON.stringify(accepted);
});

const describedArns = (): (string | undefined)[] =>
  sagemaker.commandCalls(DescribeModelPackageCommand).map((call) => call.args[0].input.ModelPackageName);

describe("the latest approved model", () => {
  test("the handler returns the newest approved version's addresses as top-level strings", async () => {
    sagemaker.on(ListModelPackagesCommand).resolves(summaries(7, 6));
    expect(await handler()).toEqual({
      statusCode: 200,
      model_artifact_uri: `${run}model.tar.gz`,
      image_uri: `${repository}:3.0-5`,
      s3_baseline_uri_statistics: `${run}statistics.json`,
      s3_baseline_uri_constraints: `${run}constraints.json`,
    });
    expect(describedArns()).toEqual([version(7)]);
  });

  test("a version that is held to the quality of its predictions says so, alone or beside its data", async () => {
    const { ModelDataQuality: baseline } = described.DriftCheckBaselines ?? {};
    const quality = {
      s3_quality_uri_statistics: `${run}statistics.json`,
      s3_quality_uri_constraints: `${run}constraints.json`,
    };
    const data = {
      s3_baseline_uri_statistics: quality.s3_quality_uri_statistics,
      s3_baseline_uri_constraints: quality.s3_quality_uri_constraints,
    };
    const baselinesOf = async (recorded: boolean, baselines: Described["DriftCheckBaselines"]) => {
      const versions = {
        s3_quality_uri_statistics_version: "of statistics.json",
        s3_quality_uri_constraints_version: "of constraints.json",
      };
      sagemaker.on(DescribeModelPackageCommand).resolves({
        ...described,
        DriftCheckBaselines: baselines,
        CustomerMetadataProperties: { ...described.CustomerMetadataProperties, ...(recorded && versions) },
      });
      const { statusCode, model_artifact_uri, image_uri, ...answered } = await handler();
      expect([statusCode, model_artifact_uri, image_uri]).not.toContain(undefined);
      return answered;
    };
    expect(await baselinesOf(true, { ModelQuality: baseline })).toEqual(quality);
    const both = { ModelDataQuality: baseline, ModelQuality: baseline };
    expect(await baselinesOf(true, both)).toEqual({ ...data, ...quality });
    expect(await baselinesOf(false, both)).toEqual(data);
  });

  test("the image is the one that its tag stood for at registration, by the digest that SageMaker wrote down", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const image = async (ImageDigest: string) => {
      const [container] = described.InferenceSpecification?.Containers ?? [];
      const Containers = [{ ...container, ImageDigest }];
      sagemaker
        .on(DescribeModelPackageCommand)
        .resolves({ ...described, InferenceSpecification: { Containers } });
      return (await handler()).image_uri;
    };
    expect(await image(digest)).toBe(`${repository}@${digest}`);
    expect(await image("latest")).toBe(`${repository}:3.0-5`);
  });

  test("only approved versions of the group are asked for, newest first", async () => {
    await handler();
    expect(sagemaker.commandCalls(ListModelPackagesCommand)[0]?.args[0].input).toMatchObject({
      ModelPackageGroupName: group,
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
    });
  });

  test("defect: the list is paginated, and an empty first page is not the end", async () => {
    sagemaker
      .on(ListModelPackagesCommand)
      .resolvesOnce({ ...summaries(), NextToken: "page-2" })
      .resolvesOnce({ ...summaries(3), NextToken: "page-3" })
      .resolves(summaries(2));
    await handler();
    expect(describedArns()).toEqual([version(3)]);
    const calls = sagemaker.commandCalls(ListModelPackagesCommand);
    expect(calls).toHaveLength(2);
    expect(calls[1]?.args[0].input.NextToken).toBe("page-2");
  });

  test("defect: without an approved version the error names the group", async () => {
    sagemaker.on(ListModelPackagesCommand).resolves({ ModelPackageSummaryList: [] });
    await expect(handler()).rejects.toThrow(
      `Model package group ${group} has no approved version: approve one, then run again`,
    );
    expect(describedArns()).toEqual([]);
  });

  test("SageMaker's own refusal is passed on", async () => {
    sagemaker.on(ListModelPackagesCommand).rejects(new Error("AccessDeniedException"));
    await expect(handler()).rejects.toThrow("AccessDeniedException");
  });

  test.each(["MODEL_PACKAGE_GROUP", "ACCEPTED"])("a missing variable is named: %s", async (name) => {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of the two names above
    delete process.env[name];
    await expect(handler()).rejects.toThrow(`The variable ${name} must hold`);
  });
});

describe("versions of other environments", () => {
  const ofProd = registered(kept("prod"), kept("prod"));

  test("what prod retrained is passed over in dev, which may not read it", async () => {
    sagemaker
      .on(ListModelPackagesCommand)
      .resolvesOnce({ ...summaries(9), NextToken: "2" })
      .resolves(summaries(8));
    sagemaker.on(DescribeModelPackageCommand, { ModelPackageName: version(9) }).resolves(ofProd);
    expect((await handler()).model_artifact_uri).toBe(`${run}model.tar.gz`);
    expect(describedArns()).toEqual([version(9), version(8)]);
  });

  test("where there is no other, the error names them", async () => {
    sagemaker.on(DescribeModelPackageCommand).resolves(ofProd);
    await expect(handler()).rejects.toThrow(
      `${group} has no approved version of an environment whose models come here (there are: ${version(4)} of prod)`,
    );
  });
});
