import { imageRepositoryArn, type AccountRegion } from "../../core/arns";

/** An image of the repository was pushed whole, by a tag; the parts of an index have none. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export const imagePushed = (repository: string): object => ({
  source: ["aws.ecr"],
  "detail-type": ["ECR Image Action"],
  detail: {
    "repository-name": [repository],
    "action-type": ["PUSH"],
    result: ["SUCCESS"],
    "image-tag": [{ "anything-but": [""] }],
  },
});

const scanned = (where: AccountRegion, repository: string, detail: object): object => ({
  source: ["aws.ecr", "aws.inspector2"],
  "detail-type": ["ECR Image Scan", "Inspector2 Scan"],
  detail: { "repository-name": [repository, imageRepositoryArn(where, repository)], ...detail },
});

const complete = ["COMPLETE", "INITIAL_SCAN_COMPLETE"];
const none = [{ exists: false }, 0];
const some = [{ numeric: [">", 0] }];

/**
 * A scan of the repository's images was completed and found nothing that is critical or high. A severity that nothing has is not told. The event is ECR's
 * where its registry scans by itself, and Inspector's where that does, which names the repository by its ARN.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
 */
export const imageFoundClean = (where: AccountRegion, repository: string): object =>
  scanned(where, repository, {
    "scan-status": complete,
    "finding-severity-counts": { CRITICAL: none, HIGH: none },
  });

/** A scan of the repository's images found what is critical or high, or could not be made, as of an image that holds no distribution that it knows. */
export const imageNotFoundClean = (where: AccountRegion, repository: string): object =>
  scanned(where, repository, {
    $or: [
      { "scan-status": [{ "anything-but": complete }] },
      { "finding-severity-counts": { CRITICAL: some } },
      { "finding-severity-counts": { HIGH: some } },
    ],
  });
