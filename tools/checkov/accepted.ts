/** Checks of checkov that the estate does not pass, each with why that is right. A check is left out for all stacks or not at all. */
export const accepted: Readonly<Record<string, string>> = {
  CKV_AWS_18:
    "who read what is in CloudTrail's data events, which say by which role, where an environment asks for a trail",
  CKV_AWS_35:
    "a trail's bucket of one's own has a key; in a bucket that stands its owner's choice of encryption counts",
  CKV_AWS_50: "functions of one call and no branches have no traces worth their price",
  CKV_AWS_61:
    "the deploy role's trust names an account's root, narrowed by aws:PrincipalArn to the CI server's role",
  CKV_AWS_115: "a limit of concurrency would refuse pipelines; each execution calls a function once",
  CKV_AWS_116:
    "functions that pipelines call fail the step that waits for them; the others have a dead-letter queue by their destination",
  CKV_AWS_117:
    "functions call AWS's control plane, one of them a CI server over https, and hold no data; a network is an environment's to name",
  CKV_AWS_144: "copies in other regions leave the region that data may be bound to",
  CKV_AWS_173: "a function's variables are names and ARNs; AWS encrypts them with a key of its own",
  CKV_AWS_252: "a topic would tell of every file of records; rules on what was done are what alerts",
  CKV_AWS_272: "who may write a function's code is in the access matrix: the deploy role, and administrators",
  CKV2_AWS_10: "a trail's records are kept once, in its bucket, with digests; rules on the bus alert at once",
  CKV2_AWS_34:
    "parameters hold what was released, names of versions that plans show; secrets are no parameters",
  CKV2_AWS_62: "nothing waits for objects; schedules and events of SageMaker start what runs",
};
