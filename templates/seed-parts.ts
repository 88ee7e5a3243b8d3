/**
 * What each repository's seed is made of: folders of `templates/shared/`, in this order, and then its own,
 * `templates/<template>/seed/<repository>/`. A later folder's file replaces an earlier one's of the same path (ADR 87).
 */
export const seedParts = {
  jenkins: {
    build: ["python", "jobs", "preparation", "training", "build", "jenkins-build"],
    deploy: ["python", "version", "endpoint", "jenkins-deploy"],
  },
  "jenkins-batch": {
    preprocess: ["python", "jobs", "preparation"],
    build: ["python", "jobs", "training", "jenkins-build"],
    deploy: ["python", "jobs", "version", "jenkins-deploy"],
  },
  gitlab: {
    build: ["python", "jobs", "preparation", "training", "build"],
    deploy: ["python", "version", "endpoint"],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
