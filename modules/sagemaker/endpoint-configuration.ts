import type { SagemakerEndpointConfigurationConfig } from "@cdktf/provider-aws/lib/sagemaker-endpoint-configuration";

interface RealTime {
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly capturePercent: number;
  /** `s3://…` */
  readonly captureUri: string;
}

interface Serverless {
  readonly serverless: {
    readonly memoryMb: number;
    readonly maxConcurrency: number;
    readonly provisionedConcurrency?: number | undefined;
  };
}

interface Asynchronous {
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly asynchronous: {
    readonly maxConcurrentInvocationsPerInstance?: number;
    /** `s3://…`, as all URIs here. */
    readonly answersUri: string;
    readonly failuresUri: string;
    readonly answeredTopicArn: string;
    readonly failedTopicArn: string;
  };
}

/** What serves, and how it is asked. */
export type Served = RealTime | Serverless | Asynchronous;

export const isServerless = (served: Served): served is Serverless => "serverless" in served;
export const isAsynchronous = (served: Served): served is Asynchronous => "asynchronous" in served;

/** The one variant: an update that is rolled out in steps must not rename it. */
export const variantName = "AllTraffic";

type Settings = Pick<
  SagemakerEndpointConfigurationConfig,
  "productionVariants" | "dataCaptureConfig" | "asyncInferenceConfig"
>;

/** @param keyArn of a key or alias that encrypts what is kept of rows and scores */
export const configurationOf = (served: Served, modelName: string, keyArn: string): Settings => ({
  productionVariants: [{ variantName, modelName, initialVariantWeight: 1, ...capacityOf(served) }],
  ...("capturePercent" in served && served.capturePercent > 0 && captureOf(served, keyArn)),
  ...(isAsynchronous(served) && asynchronousOf(served.asynchronous, keyArn)),
});

function capacityOf(served: Served) {
  if (!isServerless(served))
    return { instanceType: served.instanceType, initialInstanceCount: served.instanceCount };
  const { memoryMb, maxConcurrency, provisionedConcurrency } = served.serverless;
  return {
    serverlessConfig: {
      memorySizeInMb: memoryMb,
      maxConcurrency,
      ...(provisionedConcurrency !== undefined && { provisionedConcurrency }),
    },
  };
}

const captureOf = ({ capturePercent, captureUri }: RealTime, kmsKeyId: string) => ({
  dataCaptureConfig: {
    enableCapture: true,
    initialSamplingPercentage: capturePercent,
    destinationS3Uri: captureUri,
    kmsKeyId,
    captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
    captureContentTypeHeader: { csvContentTypes: ["text/csv"], jsonContentTypes: ["application/json"] },
  },
});

/** Notifications name places in S3, and hold no rows. https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-check-predictions.html */
const asynchronousOf = (settings: Asynchronous["asynchronous"], kmsKeyId: string) => ({
  asyncInferenceConfig: {
    ...(settings.maxConcurrentInvocationsPerInstance !== undefined && {
      clientConfig: { maxConcurrentInvocationsPerInstance: settings.maxConcurrentInvocationsPerInstance },
    }),
    outputConfig: {
      kmsKeyId,
      s3OutputPath: settings.answersUri,
      s3FailurePath: settings.failuresUri,
      notificationConfig: {
        successTopic: settings.answeredTopicArn,
        errorTopic: settings.failedTopicArn,
      },
    },
  },
});
