/**
 * The image of a version's container. A tag may stand for another image tomorrow; SageMaker writes down which one it stood for when the
 * version was registered (ADR 44).
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html takes either form
 */
export const recordedImage = (image: string, digest: string | undefined): string =>
  digest !== undefined && /^sha256:[0-9a-f]{64}$/i.test(digest)
    ? `${image.split(/[:@]/)[0] ?? ""}@${digest.toLowerCase()}`
    : image;
